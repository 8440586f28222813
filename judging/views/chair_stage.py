"""The chief judge in the hall: a missing judge, a dispute, reopening. Who has submitted is shown, never a mark."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from judging.actions.hold import hold_slot, lift_hold
from judging.actions.roadshow import advance_slot
from judging.forms.stage import ChairForm
from judging.models import RoadshowSlot
from judging.queries.access import get_scored_round
from judging.queries.chair import chair_lines
from judging.queries.desk import find_desk
from judging.queries.live import live_number, round_room
from judging.queries.material import entry_name
from judging.views.judge import layout_of
from judging.views.screen import unstored

INCOMPLETE = "请写明原因（200 字以内）：它会记入操作日志。没有执行任何操作。"
DONE = {"close_scoring": "已截止打分。", "reopen_scoring": "已重新开放打分。", "hold": "已暂停亮分。", "lift": "已解除暂停。"}


@login_required
@require_safe
def chair_stage(request: SignedInRequest, slug: str) -> HttpResponse:
    """What there is to decide. A poll names the state it shows (`seen`) and gets 204 while nothing changed."""
    edition, round = _final(request, slug)
    if request.htmx and request.GET.get("seen", "") == str(live_number(round_room(round))):  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    return _page(request, edition, round)


@login_required
@require_POST
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """One decision with its reason; a refusal shows a note, the typed reason and the fresh state."""
    edition, round = _final(request, slug)
    form = ChairForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, round, INCOMPLETE, 422)
    data = form.cleaned_data
    slot = RoadshowSlot.objects.filter(round=round, position=data["position"]).select_related("entry").first()
    if slot is None:
        raise Http404
    try:
        _carry_out(request, slot, data)
    except Refusal as refusal:
        return _page(request, edition, round, refusal.text, refusal.status)
    messages.success(request, DONE[data["act"]])
    return redirect("judging:chair-stage", slug)


def _carry_out(request: SignedInRequest, slot: RoadshowSlot, data: dict[str, Any]) -> None:
    common: dict[str, Any] = {"slot": slot, "version": data["version"], "actor": request.user, "at": clock.now()}
    if data["act"] == "hold":
        hold_slot(reason=data["reason"], **common)
    elif data["act"] == "lift":
        lift_hold(decision=data["reason"], **common)
    else:
        advance_slot(verb=data["act"], reason=data["reason"], **common)


def _final(request: HttpRequest, slug: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to="judging.chair_panel")
    return edition, get_scored_round(edition, Round.Kind.FINAL)


def _page(request: HttpRequest, edition: Edition, round: Round, note: str = "", status: int = 200) -> HttpResponse:
    desk = find_desk(round)
    context = {
        "judge": layout_of(round),
        "edition": edition,
        "round": round,
        "desk": desk,
        "lines": chair_lines(desk) if desk else [],
        "name": entry_name(desk.current.entry, round.is_blind) if desk and desk.current else "",
        "note": note,
        "reason": request.POST.get("reason", ""),
    }
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = "judging/chair/stage.html#now" if fragment else "judging/chair/stage.html"
    return unstored(render(request, template, context, status=200 if fragment else status))
