"""The live final: the operator's desk, one judge's phone and the hall's screen for the first entrant; then the others."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from judging.actions.panel import seat_judge, sign_declaration
from judging.actions.roadshow import advance_slot
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.roadshow import room_slots
from judging.states import LOCKED
from tests.e2e.line.marks import final_sheet
from tests.e2e.line.preliminary import lock, score_in_browser
from tests.e2e.line.scene import SLUG, Line, follow, go, press, sees
from tests.e2e.line.setting_up import JUDGES

TO_SCORING = ["start_talk", "start_answers", "open_scoring"]
REVEAL = ["close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next", "finish"]


def panel(line: Line) -> None:
    """Five judges, the chief in the first seat, before the finalists are published."""
    round_, at = line.round("final"), line.moment.at
    for number, who in enumerate(JUDGES[:5], start=1):
        chief = number == 1
        seat_judge(
            round=round_, user=line.people[who], number=number, is_chief=chief, actor=line.people["organiser"], at=at
        )


def first_entrant(line: Line, scores: dict[int, str]) -> None:
    """The desk steps, a judge scores on the live page, the screen shows the score when it is revealed."""
    line.begin("final")
    for seat in PanelSeat.objects.filter(panel__round=line.round("final")):
        sign_declaration(seat=seat, actor=seat.judge, at=line.moment.at)
    desk = line.page_of("operator")
    go(desk, "judging:stage-desk", SLUG)
    press(desk, "开启现场")
    slot = room_slots(line.round("final").pk)[0]
    screen = line.page_of("hall", 1920)
    screen.goto(reverse("judging:screen", args=[SLUG, RoadshowRoom.objects.get().screen_token]))
    for label, state in (("开始路演", "talk"), ("开始答辩", "answers"), ("开始打分", "scoring")):
        _step(desk, label, slot, state)
    expect(screen.locator("[data-fill='title']")).to_contain_text(slot.entry.short_name)
    _judge_scores(line, slot)
    _others_score(line, slot)
    _step(desk, "截止打分", slot, "closed")
    for label in ("亮分", "划去最高分和最低分", "亮出得分"):
        _step(desk, label, slot, "revealed")
    expect(screen.locator("[data-fill='score']")).to_have_text(scores[slot.entry.number])
    _step(desk, "亮出名次", slot, "revealed")
    _step(desk, "结束本项目", slot, "finished")


def other_entrants(line: Line) -> None:
    """The five others take their turns through the actions."""
    for slot in room_slots(line.round("final").pk)[1:]:
        _advance(line, slot, TO_SCORING)
        _others_score(line, slot)
        _advance(line, slot, REVEAL)


def _step(desk: Page, label: str, slot: RoadshowSlot, state: str) -> None:
    """Presses the next button; the desk waits until it is there (its poll brings it)."""
    button = desk.locator(".jg-desk__steps").get_by_role("button", name=label)
    expect(button).to_be_enabled()
    button.click()
    expect(button).to_have_count(0)
    slot.refresh_from_db()
    assert slot.state == state


def _judge_scores(line: Line, slot: RoadshowSlot) -> None:
    page = line.page_of("judge1")
    go(page, "judging:live", SLUG)
    follow(page, f"为 {slot.entry.code} 号评分")
    score_in_browser(page, final_sheet(slot.entry.number, 2))
    go(page, "judging:live", SLUG)
    sees(page, "您的评分已提交。")


def _others_score(line: Line, slot: RoadshowSlot) -> None:
    rows = Assignment.objects.filter(seat__panel__round=line.round("final"), entry=slot.entry)
    for row in rows.exclude(sheet__state=LOCKED).select_related("seat__judge", "entry", "seat__panel__round"):
        lock(line, row, final_sheet(slot.entry.number, row.seat.number))


def _advance(line: Line, slot: RoadshowSlot, verbs: list[str]) -> None:
    for verb in verbs:
        version = RoadshowRoom.objects.get().version
        advance_slot(slot=slot, verb=verb, version=version, actor=line.people["operator"], at=line.moment.at)
