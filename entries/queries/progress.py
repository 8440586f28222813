"""How far an entry has come: its way through the stages, and what happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from competitions.models import Stage
from competitions.queries.schedule import StageView
from core import dates
from entries import states
from entries.models import Entry
from entries.states import ENTRY

LATER = {
    Stage.Kind.PUBLIC_VOTE: "网络投票",
    Stage.Kind.PRELIMINARY: "初赛评审",
    Stage.Kind.FINAL: "决赛路演",
}
PHASE_STATES = {"open": "now", "paused": "now", "delayed": "now", "closed": "done"}


def progress(entry: Entry, stages: list[StageView], due_at: datetime | None) -> list[dict[str, str]]:
    """The way of the entry as components/track.html takes it: registration, examination, then the edition's stages."""
    return [_registration(entry, stages), _formality(entry, stages, due_at), *_later(entry, stages)]


def timeline(entry: Entry) -> list[dict[str, Any]]:
    """What happened, newest first, as components/timeline.html takes it. Examiners are named by their office only."""
    year = entry.edition.year
    events: list[dict[str, Any]] = [
        {
            "what": ENTRY.moves[step.verb].label,
            "detail": step.note,
            "when": dates.moment(step.at, year),
            "iso": dates.local(step.at).isoformat(),
            "who": step.actor if ENTRY.moves[step.verb].may == "entries.submit_entry" else "组委会",
        }
        for step in entry.transitions.all()
    ]
    begun: dict[str, Any] = {"what": "创建草稿", "when": dates.moment(entry.created_at, year), "iso": dates.local(entry.created_at).isoformat()}
    events = [begun, *events][::-1]
    events[0]["now"] = True
    return events


def _registration(entry: Entry, stages: list[StageView]) -> dict[str, str]:
    if entry.submitted_at and entry.state != states.DRAFT:
        return {"label": "提交报名", "hint": dates.day(entry.submitted_at, entry.edition.year), "state": "done"}
    view = next((one for one in stages if one.stage.kind == Stage.Kind.REGISTRATION), None)
    if entry.state != states.DRAFT:
        return {"label": "提交报名", "hint": "没有提交", "state": "next"}
    hint = f"{dates.moment(view.ends_at, entry.edition.year)} 截止" if view and view.ends_at else "草稿"
    return {"label": "提交报名", "hint": hint, "state": "now"}


def _formality(entry: Entry, stages: list[StageView], due_at: datetime | None) -> dict[str, str]:
    year, label = entry.edition.year, "形式审查"
    if entry.accepted_at:
        return {"label": label, "hint": dates.day(entry.accepted_at, year), "state": "done"}
    if entry.state == states.RETURNED and due_at:
        return {"label": label, "hint": f"请于 {dates.day(due_at, year)}前补正", "state": "warn"}
    if entry.state == states.REJECTED:
        return {"label": label, "hint": "形式不通过", "state": "warn"}
    if entry.state in (states.SUBMITTED, states.UNDER_REVIEW):
        return {"label": label, "hint": "审查中" if entry.state == states.UNDER_REVIEW else "等待审查", "state": "now"}
    return {"label": label, "hint": _opening(stages, Stage.Kind.FORMALITY, year), "state": "next"}


def _later(entry: Entry, stages: list[StageView]) -> list[dict[str, str]]:
    year = entry.edition.year
    found = []
    for view in stages:
        if view.stage.kind not in LATER:
            continue
        state = PHASE_STATES.get(view.phase, "next") if entry.state == states.ACCEPTED else "next"
        words = dates.window(view.stage.opens_at, view.stage.closes_at, year)
        found.append({"label": LATER[Stage.Kind(view.stage.kind)], "hint": words, "state": state})
    return found


def _opening(stages: list[StageView], kind: str, year: int) -> str:
    view = next((one for one in stages if one.stage.kind == kind), None)
    return f"{dates.day(view.stage.opens_at, year)}起" if view else "时间待定"
