"""The judge's page in the hall: it follows the stage and leads to the judge's own sheet."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from competitions.models import Round
from core import clock
from judging import states
from judging.models import Assignment, PanelSeat
from judging.queries.access import get_seat_for
from judging.queries.live import (
    MISSED,
    NONE,
    live_number,
    live_state,
    on_stage,
    own_assignment,
    own_word,
    round_room,
)
from judging.views.judge import layout_of
from judging.views.screen import tagged, unstored

SENTENCES = {
    NONE: "您不参加这个项目的评分。",
    MISSED: "已经亮分，不再接受这个项目的评分。",
    states.RECUSED: "您已回避这个项目，请稍候下一位。",
    states.LOCKED: "您的评分已提交。",
}
BUTTONS = {states.EMPTY: "为 {code} 号评分", states.DRAFT: "继续为 {code} 号评分", states.LOCKED: "查看我的评分"}


@login_required
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is on stage, the clock, and the way to the judge's own sheet."""
    seat = get_seat_for(request.user, slug, Round.Kind.FINAL)
    context = {
        "judge": layout_of(seat.panel.round),
        "edition": seat.panel.round.edition,
        "seat": seat,
        "state": _state(seat, clock.now())[1],
        "state_url": reverse("judging:live-state", args=[slug]),
    }
    return unstored(render(request, "judging/live/live.html", context))


@login_required
@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """The judge's own state as JSON; 304 while the page has it already."""
    seat = get_seat_for(request.user, slug, Round.Kind.FINAL)
    tag, found = _state(seat, clock.now(), request.headers.get("If-None-Match", ""))
    return tagged(JsonResponse(found) if found is not None else HttpResponseNotModified(), tag)


def stage_bar(assignment: Assignment) -> dict[str, object] | None:
    """What a score page needs to follow the stage; None in a round without an opened room."""
    seat = assignment.seat
    if seat.panel.round.kind != Round.Kind.FINAL or round_room(seat.panel.round) is None:
        return None
    slug = seat.panel.round.edition.slug
    return {
        "state": _state(seat, clock.now())[1],
        "state_url": reverse("judging:live-state", args=[slug]),
        "live_url": reverse("judging:live", args=[slug]),
        "code": assignment.entry.code,
    }


def _state(seat: PanelSeat, at: datetime, seen: str = "") -> tuple[str, dict[str, object] | None]:
    """Tag and state; None instead of the state when `seen` is its tag. The number is read before what it names."""
    room = round_room(seat.panel.round)
    number, slot = live_number(room), on_stage(room)
    assignment = own_assignment(seat, slot)
    word = own_word(slot, assignment)
    tag = f'"{number}-{word}"'
    if seen == tag:
        return tag, None
    return tag, {**live_state(room, number, slot, word, at), **_own(assignment, word)}


def _own(assignment: Assignment | None, word: str) -> dict[str, str]:
    button = BUTTONS.get(word, "")
    return {
        "sentence": SENTENCES.get(word, ""),
        "button": button.format(code=assignment.entry.code) if button and assignment else "",
        "url": reverse("judging:score", args=[assignment.public_id]) if button and assignment else "",
    }
