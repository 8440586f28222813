"""Which stage is open: derived from time, gates and recorded overrides, never from a flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from competitions.models import Edition, Round, Stage, StageOverride
from competitions.pure.window import CLOSED, OPEN, PAUSED, UPCOMING, Extension, Pause, Window
from core.once import once

DELAYED = "delayed"  # its time has come but the organiser has not released the gate (推迟)
PUBLIC_STAGES = (Stage.Kind.REGISTRATION, Stage.Kind.PUBLIC_VOTE, Stage.Kind.FINAL)


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with what is true of it at a moment: `phase` is upcoming, delayed, open, paused or closed.

    `ends_at` is the effective end, None while a pause has no end yet.
    """

    stage: Stage
    phase: str
    ends_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.phase == OPEN

    @property
    def has_opened(self) -> bool:
        """Whether anybody could have acted in it: what it was governed by is frozen from then on."""
        return self.phase in (OPEN, PAUSED) or (self.phase == CLOSED and self.stage.gate_released_at is not None)

    @property
    def shown_end(self) -> datetime:
        """The end to print: the effective one, or, during a pause, the one that was announced."""
        return self.ends_at or self.stage.closes_at

    @property
    def pause_reason(self) -> str:
        """The reason given for the pause that is on; empty otherwise. Overrides are loaded with the stage."""
        pauses = [one for one in self.stage.overrides.all() if one.kind == StageOverride.Kind.PAUSE]
        return pauses[-1].reason if self.phase == PAUSED and pauses else ""


def stage_window(stage: Stage) -> Window:
    """The stage's window with its pauses and extensions applied. `stage.overrides` may be prefetched.

    An extension names the new end (`until`) as people read it: what earlier pauses added is part of it already.
    """
    overrides: list[Pause | Extension] = []
    end = stage.closes_at
    paused: StageOverride | None = None
    for override in sorted(stage.overrides.all(), key=lambda one: (one.at, one.pk)):
        if override.kind == StageOverride.Kind.EXTEND and override.until is not None:
            overrides.append(Extension(by=override.until - end))
            end = override.until
        elif override.kind == StageOverride.Kind.PAUSE:
            paused = override
        elif paused is not None:
            overrides.append(Pause(paused.at, override.at))
            end += override.at - paused.at
            paused = None
    if paused is not None:
        overrides.append(Pause(paused.at))
    return Window(stage.opens_at, stage.closes_at, tuple(overrides))


def view_stage(stage: Stage, at: datetime) -> StageView:
    """What is true of the stage at `at`. A stage whose gate was released late opened at the release, not before."""
    window = stage_window(stage)
    phase = window.phase(at)
    released = stage.gate_released_at is not None and stage.gate_released_at <= at
    if phase in (OPEN, PAUSED) and not released:
        phase = DELAYED
    return StageView(stage, phase, window.ends_at)


def stages_of(edition: Edition) -> list[Stage]:
    """Every stage of the edition in order, with overrides loaded. Two queries, once a page."""
    rows = edition.stages.prefetch_related("overrides").order_by("position")
    return once(("stages", edition.pk), lambda: list(rows))


def rounds_of(edition: Edition) -> list[Round]:
    """Every round of the edition in order, with stage and overrides loaded. Three queries, once a page."""

    def ask() -> list[Round]:
        stages = {stage.pk: stage for stage in stages_of(edition)}
        rounds = list(edition.rounds.order_by("position"))
        for one in rounds:
            one.stage = stages[one.stage_id]
        return rounds

    return once(("rounds", edition.pk), ask)


def schedule(edition: Edition, at: datetime) -> list[StageView]:
    """What is true of every stage at `at`, in order."""
    return [view_stage(stage, at) for stage in stages_of(edition)]


def find_stage(edition: Edition, kind: str) -> Stage | None:
    """The edition's stage of a kind, with overrides loaded; None when the edition has none."""
    return next((stage for stage in stages_of(edition) if stage.kind == kind), None)


def is_stage_open(edition: Edition, kind: str, at: datetime) -> bool:
    """Whether the stage of this kind exists and is open at `at`; an edition that is not public has nothing open."""
    stage = find_stage(edition, kind)
    return bool(edition.is_published and stage is not None and view_stage(stage, at).is_open)


def has_stage_opened(edition: Edition, kind: str, at: datetime) -> bool:
    """Whether the stage of this kind has opened before or at `at`, even if it is paused or over by now."""
    stage = find_stage(edition, kind)
    return bool(edition.is_published and stage is not None and view_stage(stage, at).has_opened)


def current_stage(stages: list[StageView]) -> StageView | None:
    """The stage to tell people about, None when all are over.

    Running stages come before delayed ones and those before what is to come; of several that run, the one the public
    can act in (the vote beside the preliminary), else the latest.
    """
    running = [view for view in stages if view.phase in (OPEN, PAUSED)]
    if running:
        return max(running, key=lambda view: (view.stage.kind in PUBLIC_STAGES, view.stage.position))
    delayed = [view for view in stages if view.phase == DELAYED]
    upcoming = [view for view in stages if view.phase == UPCOMING]
    return delayed[-1] if delayed else upcoming[0] if upcoming else None


def next_stages(stages: list[StageView], current: StageView | None) -> list[StageView]:
    """What comes after the current stage, in order of time."""
    coming = [view for view in stages if view.phase == UPCOMING and view is not current]
    return sorted(coming, key=lambda view: (view.stage.opens_at, view.stage.position))


def find_round(edition: Edition, kind: str) -> Round | None:
    """The edition's round of a kind with its stage; None when the edition has none."""
    return next((one for one in rounds_of(edition) if one.kind == kind), None)
