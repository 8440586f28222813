"""What the edition's home page says at a moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from competitions.errors import RuleInvalid
from competitions.models import Edition, Round, Stage
from competitions.pure.window import OPEN, PAUSED, UPCOMING
from competitions.queries.rule_set import vote_settings
from competitions.queries.schedule import DELAYED, StageView, current_stage, next_stages, schedule
from core.dates import moment, window

PLACE = re.compile(r"^(.{2,14}?[市省区县])(.{4,})$")
CLOSING_WORDS = {Stage.Kind.REGISTRATION: "报名截止", Stage.Kind.PUBLIC_VOTE: "投票截止"}


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage as templates/components/stages.html shows it."""

    name: str
    dates: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Now:
    """The card of the current stage: a sentence, and what the clock counts down to (`until` None: nothing)."""

    view: StageView
    sentence: str
    label: str
    until: datetime | None


def title_lines(name: str) -> list[str]:
    """The name of an edition in two lines, broken after the place: 2026 年江门市 / 高价值专利培育布局大赛."""
    found = PLACE.match(name)
    return list(found.groups()) if found else [name]


def stage_rows(edition: Edition, views: list[StageView]) -> list[StageRow]:
    """The schedule strip in order of time, days in the edition's year without it."""
    views = sorted(views, key=lambda view: (view.stage.opens_at, view.stage.position))
    return [
        StageRow(
            view.stage.name, window(view.stage.opens_at, view.shown_end, edition.year), view.phase, view.stage.note
        )
        for view in views
    ]


def now_card(edition: Edition, views: list[StageView]) -> Now | None:
    """What is on, None when everything is over."""
    view = current_stage(views)
    if view is None:
        return None
    stage, year = view.stage, edition.year
    if view.phase == OPEN:
        words = CLOSING_WORDS.get(stage.kind, f"{stage.name}结束")
        return Now(view, _sentence(edition, view), f"距{words}（{moment(view.shown_end, year)}）", view.shown_end)
    if view.phase == PAUSED:
        return Now(view, f"已暂停：{view.pause_reason}", "恢复后剩余时间不变，截止时间相应顺延", None)
    if view.phase == DELAYED:
        return Now(view, "开始时间推迟，开放后在此公布。", f"原定 {moment(stage.opens_at, year)} 开始", None)
    return Now(view, _sentence(edition, view), f"距{stage.name}开始（{moment(stage.opens_at, year)}）", stage.opens_at)


def home_stages(edition: Edition, at: datetime) -> tuple[list[StageView], Now | None, list[StageView]]:
    """(every stage, the card of the current one, the next two)."""
    views = schedule(edition, at)
    now = now_card(edition, views)
    return views, now, next_stages(views, now.view if now else None)[:2]


def _sentence(edition: Edition, view: StageView) -> str:
    """How many votes a person has, while the vote is on or next; elsewhere the organiser's note."""
    if view.stage.kind != Stage.Kind.PUBLIC_VOTE or view.phase not in (OPEN, UPCOMING):
        return view.stage.note
    round_ = edition.rounds.filter(kind=Round.Kind.PUBLIC_VOTE).first()
    try:
        return vote_settings(round_).vote_rule.sentence() if round_ else view.stage.note
    except RuleInvalid:
        return view.stage.note
