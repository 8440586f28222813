"""The organiser: conflicts on record, and what the records hint at and a person must decide."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from core import clock
from judging.actions.conflict import declare_conflict, lift_conflict
from judging.actions.guard import round_phase
from judging.actions.suspicion import confirm_suspicion, dismiss_suspicion
from judging.forms.panel import ConflictForm, ReasonForm, VerdictForm
from judging.models import ConflictDismissal, ConflictOfInterest
from judging.queries.access import get_conflict, get_round_seat, get_scored_entry
from judging.queries.assignment import panel_seats
from judging.queries.conflict import open_suspicions
from judging.queries.participants import participants
from judging.views.organizer import ask, managed_round


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """What is open, what is on record, what was dismissed; a POST records a conflict the organiser decided."""
    edition, round = managed_round(request, slug, kind)
    form = ConflictForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        declare_conflict(
            judge=data["seat"].judge, entry=data["entry"], reason=data["reason"], actor=request.user, at=clock.now()
        )
        messages.success(request, f"已登记{data['seat'].label}对 {data['entry'].code} 号回避。")
        return redirect("judging:conflicts", slug, kind)
    return render(request, "judging/panel/conflicts.html", _context(edition, round, form), status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suspicion(request: SignedInRequest, slug: str, kind: str, number: int, entry_id: str) -> HttpResponse:
    """What was found for a judge and an entry, and the verdict: a conflict, or none with the reason."""
    edition, round = managed_round(request, slug, kind)
    seat, entry = get_round_seat(round, number), get_scored_entry(round, entry_id)
    found = open_suspicions([entry], [seat.judge])
    if not found:
        raise Http404
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pair = {"judge": seat.judge, "entry": entry, "actor": request.user, "at": clock.now()}
        if form.cleaned_data["verdict"] == "conflict":
            confirm_suspicion(note=form.cleaned_data["reason"], **pair)
            messages.success(request, f"已认定{seat.label}回避 {entry.code} 号。")
        else:
            dismiss_suspicion(reason=form.cleaned_data["reason"], **pair)
            messages.success(request, f"已认定{seat.label}与 {entry.code} 号无须回避。")
        return redirect("judging:conflicts", slug, kind)
    context = {"edition": edition, "round": round, "seat": seat, "entry": entry, "found": found[0], "form": form}
    return render(request, "judging/panel/suspicion.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_lift(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Asks for the reason, then removes a conflict."""
    edition, round = managed_round(request, slug, kind)
    conflict = get_conflict(edition, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lift_conflict(conflict=conflict, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, f"已解除 {conflict.entry.code} 号的回避关系。需要的话请重新分配。")
        return redirect("judging:conflicts", slug, kind)
    question = {
        "title": f"解除{conflict.judge.actor_label}对 {conflict.entry.code} 号的回避",
        "text": f"登记的原因：{conflict.reason}。解除后可以重新分配给这位评委；已取消的分配不会自动恢复。",
        "submit": "解除回避",
    }
    return ask(request, edition, round, question, form)


def _context(edition: Edition, round: Round, form: ConflictForm) -> dict[str, object]:
    seats = {seat.judge_id: seat for seat in panel_seats(round)}
    pairs = {"judge__in": list(seats), "entry__edition": edition}
    suspicions = open_suspicions(participants(round), [seat.judge for seat in seats.values()])
    return {
        "edition": edition,
        "round": round,
        "form": form,
        "suspicions": [(seats[one.judge.pk], one) for one in suspicions],
        "conflicts": ConflictOfInterest.objects.filter(**pairs).select_related("judge", "entry").order_by("entry__number", "pk"),
        "dismissals": ConflictDismissal.objects.filter(**pairs).select_related("judge", "entry", "by").order_by("entry__number"),
        "has_seats": bool(seats),
        "may_change": round_phase(round, clock.now()) != "closed",
    }
