"""The operator's desk: one big button for what comes next, and nothing that acts on an old picture."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from judging import states
from judging.actions.hold import check_in
from judging.actions.roadshow import advance_slot, mark_presence, open_room
from judging.errors.stage import RoomMoved
from judging.forms.stage import CheckInForm, PresenceForm, StepForm
from judging.models import RoadshowSlot
from judging.queries.access import get_round_seat, get_scored_round
from judging.queries.desk import find_desk, judge_lines, opening_gaps
from judging.queries.live import live_number, round_room
from judging.queries.screen import milliseconds
from judging.views.screen import unstored

WATCH, OPERATE, CHAIR = "judging.watch_stage", "judging.operate_stage", "judging.chair_panel"
INCOMPLETE = "这次操作没有送达完整，没有执行。请看清当前状态后再操作。"


@login_required
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk. A poll names the state it shows (`seen`) and gets 204 while nothing changed, else the fragment."""
    edition, round = _final(request, slug, WATCH)
    seen = request.GET.get("seen", "")
    if request.htmx and seen == str(live_number(round_room(round))):  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    return _page(request, edition, round)


@login_required
@require_POST
def room_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens the room with the published running order."""
    edition, round = _final(request, slug, OPERATE)
    try:
        open_room(round=round, actor=request.user, at=clock.now())
    except Refusal as refusal:
        return _page(request, edition, round, refusal.text, refusal.status)
    messages.success(request, "现场已开启。请把大屏地址在会场电脑上打开。")
    return redirect("judging:stage-desk", slug)


@login_required
@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step with an entrant; a refusal shows a note and the fresh state."""
    edition, round = _final(request, slug, OPERATE)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, round, INCOMPLETE, 422)
    data = form.cleaned_data
    try:
        advance_slot(
            slot=_slot(round, data["position"]),
            verb=data["verb"],
            version=data["version"],
            actor=request.user,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, edition, round, refusal.text, refusal.status)
    return _done(request, edition, round)


@login_required
@require_POST
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Who of the judges is in the hall."""
    edition, round = _final(request, slug, OPERATE)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, round, INCOMPLETE, 422)
    seat = get_round_seat(round, form.cleaned_data["seat"])
    room = round_room(round)
    if room is not None and room.version != form.cleaned_data["version"]:
        return _page(request, edition, round, RoomMoved().text, RoomMoved.status)
    mark_presence(seat=seat, is_present=form.cleaned_data["present"] == "1", actor=request.user, at=clock.now())
    return _done(request, edition, round)


@login_required
@require_POST
def entrant_presence(request: HttpRequest, slug: str) -> HttpResponse:
    """An entrant has come to the hall, or was checked in by mistake."""
    edition, round = _final(request, slug, OPERATE)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, round, INCOMPLETE, 422)
    data = form.cleaned_data
    slot, is_here = _slot(round, data["position"]), data["present"] == "1"
    try:
        check_in(slot=slot, is_here=is_here, version=data["version"], actor=request.user, at=clock.now())
    except Refusal as refusal:
        return _page(request, edition, round, refusal.text, refusal.status)
    return _done(request, edition, round)


@login_required
@require_safe
def absent(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """The question before an entrant is recorded as absent."""
    edition, round = _final(request, slug, OPERATE)
    slot, room = _slot(round, position), round_room(round)
    if room is None or slot.state != states.WAITING:
        raise Http404
    return render(request, "judging/stage/absent.html", {"edition": edition, "slot": slot, "room": room})


def _final(request: HttpRequest, slug: str, to: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to=to)
    return edition, get_scored_round(edition, Round.Kind.FINAL)


def _slot(round: Round, position: int) -> RoadshowSlot:
    slot = RoadshowSlot.objects.filter(round=round, position=position).select_related("entry").first()
    if slot is None:
        raise Http404
    return slot


def _done(request: HttpRequest, edition: Edition, round: Round) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, edition, round)
    return redirect("judging:stage-desk", edition.slug)


def _page(request: HttpRequest, edition: Edition, round: Round, note: str = "", status: int = 200) -> HttpResponse:
    """The page or, for htmx, its fragment; htmx is answered 200 because it shows nothing else."""
    found = find_desk(round)
    context = {
        "edition": edition,
        "round": round,
        "desk": found,
        "note": note,
        "is_answer": request.method == "POST" and not note,
        "now_ms": milliseconds(clock.now()),
        "may_operate": request.user.has_perm(OPERATE, edition),
        "may_chair": request.user.has_perm(CHAIR, edition),
        **(_before_opening(round) if found is None else _addresses(edition, found.room.screen_token)),
    }
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = "judging/stage/desk.html#desk" if fragment else "judging/stage/desk.html"
    return unstored(render(request, template, context, status=200 if fragment else status))


def _before_opening(round: Round) -> dict[str, Any]:
    return {"gaps": opening_gaps(round), "judges": judge_lines(round, None)}


def _addresses(edition: Edition, token: str) -> dict[str, Any]:
    return {"screen_url": settings.SITE_URL + reverse("judging:screen", args=[edition.slug, token])}
