"""The schedule: dates before a stage opens, then its gate, pauses, resumptions and extensions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.actions.confirmation import confirm_changed
from competitions.errors import (
    ExtensionTooShort,
    GateReleased,
    NotPublished,
    ReasonMissing,
    ScheduleWrong,
    StageNotReady,
    StageOpened,
)
from competitions.models import Edition, Stage, StageOverride
from competitions.pure.schedule_order import schedule_faults
from competitions.pure.window import CLOSED, OPEN, PAUSED
from competitions.queries import gates
from competitions.queries.locks import lock_edition, lock_stage
from competitions.queries.schedule import StageView, view_stage
from core.audit import journal
from core.dates import moment
from core.errors import Blocked
from core.statuses import status_of

Windows = Mapping[str, tuple[datetime, datetime]]


@transaction.atomic
def schedule_stage(*, stage: Stage, opens_at: datetime, closes_at: datetime, actor: User, at: datetime) -> Stage:
    """Sets the window of one stage (see `schedule_stages`)."""
    schedule_stages(edition=stage.edition, windows={stage.kind: (opens_at, closes_at)}, actor=actor, at=at)
    return Stage.objects.get(pk=stage.pk)


@transaction.atomic
def schedule_stages(*, edition: Edition, windows: Windows, actor: User, at: datetime) -> list[Stage]:
    """Sets the windows of several stages at once; `windows` maps kinds to (opens_at, closes_at).

    Refuses a stage that has opened, an end before its beginning and, once the edition is public, stages out of order
    (before that the order is checked when it is published). Returns the stages that changed.
    """
    locked = lock_edition(edition)
    stages = list(Stage.objects.select_for_update().filter(edition=locked).prefetch_related("overrides").order_by("pk"))
    changed = [s for s in stages if s.kind in windows and (s.opens_at, s.closes_at) != windows[s.kind]]
    for stage in changed:
        if locked.is_published and view_stage(stage, at).has_opened:
            raise StageOpened(stage=stage.name, what="起止时间")
    _check_order(locked, {s.kind: windows.get(s.kind, (s.opens_at, s.closes_at)) for s in stages}, windows)
    for stage in changed:
        _move(stage, windows[stage.kind], actor, at)
    if changed:
        confirm_changed(edition=locked, keys=["schedule"], actor=actor, at=at)
    return changed


@transaction.atomic
def release_gate(*, stage: Stage, actor: User, at: datetime) -> Stage:
    """Lets the stage open when its time has come (at once when it has). Refuses before the edition is public, twice, after
    the end, and (Blocked, all reasons) while a condition that another app set for this stage is unmet."""
    locked = lock_stage(stage)
    if not locked.edition.is_published:
        raise NotPublished
    if locked.gate_released_at is not None:
        raise GateReleased(stage=locked.name)
    view = view_stage(locked, at)
    if view.phase == CLOSED:
        raise _not_ready(view, "放行")
    if reasons := gates.unmet(locked.kind, locked.edition):
        raise Blocked(reasons)
    locked.gate_released_at, locked.gate_released_by = at, actor
    locked.save(update_fields=["gate_released_at", "gate_released_by"])
    journal.record(
        verb="competitions.stage.released", obj=locked, actor=actor, at=at, edition=locked.edition.slug,
        after={"stage": locked.kind},
    )  # fmt: skip
    return locked


@transaction.atomic
def pause_stage(*, stage: Stage, reason: str, actor: User, at: datetime) -> StageOverride:
    """Shuts an open stage until it is resumed; its end moves by the length of the pause, its rules stay."""
    view = view_stage(lock_stage(stage), at)
    if view.phase != OPEN:
        raise _not_ready(view, "暂停")
    return _override(view, StageOverride.Kind.PAUSE, reason, actor, at)


@transaction.atomic
def resume_stage(*, stage: Stage, reason: str = "恢复", actor: User, at: datetime) -> StageOverride:
    """Opens a paused stage again with the time that was left."""
    view = view_stage(lock_stage(stage), at)
    if view.phase != PAUSED:
        raise _not_ready(view, "恢复")
    return _override(view, StageOverride.Kind.RESUME, reason, actor, at)


@transaction.atomic
def extend_stage(*, stage: Stage, until: datetime, reason: str, actor: User, at: datetime) -> StageOverride:
    """Moves the end of an open stage later, to `until`. Refuses an earlier end, a pause that is on, and what is over."""
    view = view_stage(lock_stage(stage), at)
    if view.phase != OPEN or view.ends_at is None:
        raise _not_ready(view, "延长")
    if until <= view.ends_at:
        raise ExtensionTooShort(stage=view.stage.name, ends_at=moment(view.ends_at))
    return _override(view, StageOverride.Kind.EXTEND, reason, actor, at, until=until)


def _check_order(edition: Edition, after: Windows, asked: Windows) -> None:
    faults = schedule_faults({kind: after[kind] for kind in asked if kind in after})
    if edition.is_published:
        faults = schedule_faults(after)
    elif not any(closes <= opens for opens, closes in asked.values()):
        faults = []
    if faults:
        raise ScheduleWrong(faults="".join(faults))


def _move(stage: Stage, window: tuple[datetime, datetime], actor: User, at: datetime) -> None:
    before = {"opens_at": stage.opens_at, "closes_at": stage.closes_at}
    stage.opens_at, stage.closes_at = window
    stage.save(update_fields=["opens_at", "closes_at"])
    journal.record(
        verb="competitions.stage.scheduled", obj=stage, actor=actor, at=at, edition=stage.edition.slug,
        before=before, after={"opens_at": stage.opens_at, "closes_at": stage.closes_at},
    )  # fmt: skip


def _override(
    view: StageView, kind: str, reason: str, actor: User, at: datetime, until: datetime | None = None
) -> StageOverride:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    override = StageOverride.objects.create(stage=view.stage, kind=kind, at=at, until=until, reason=reason, by=actor)
    verb = {"pause": "paused", "resume": "resumed", "extend": "extended"}[kind]
    journal.record(
        verb=f"competitions.stage.{verb}", obj=view.stage, actor=actor, at=at, edition=view.stage.edition.slug,
        before={"ends_at": view.ends_at}, after={"until": until, "reason": reason},
    )  # fmt: skip
    return override


def _not_ready(view: StageView, verb: str) -> StageNotReady:
    return StageNotReady(stage=view.stage.name, phase=status_of("stage", view.phase).word, verb=verb)
