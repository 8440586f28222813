"""The organiser: seats, assignment, conflicts, progress."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core import clock
from core.fault import Fault
from judging import states
from judging.actions.assignment import assign_entry, assign_panel, withdraw_assignment
from judging.actions.conflict import declare_conflict, lift_conflict
from judging.actions.guard import round_phase
from judging.actions.panel import seat_judge, unseat_judge
from judging.forms.panel import ConflictForm, PairForm, ReasonForm, SeatForm, SeedForm
from judging.models import ConflictOfInterest
from judging.queries.access import get_assignment_for, get_conflict, get_round_seat, get_scored_round
from judging.queries.assignment import propose_assignment
from judging.queries.progress import round_progress

MANAGE = "judging.manage_panel"


def _round(request: SignedInRequest, slug: str, kind: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to=MANAGE)
    return edition, get_scored_round(edition, kind)


def _back(slug: str, kind: str, part: str = "") -> HttpResponse:
    return redirect(reverse("judging:panel-manage", args=[slug, kind]) + part)


@login_required
@require_safe
def panel_manage(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Seats with their load, assignment by entry, conflicts; every change is a form of its own."""
    edition, round = _round(request, slug, kind)
    return _panel_page(request, edition, round)


@login_required
@require_POST
def seat_add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Seats a judge."""
    edition, round = _round(request, slug, kind)
    form = SeatForm(request.POST, edition=edition, round=round)
    if not form.is_valid():
        return _panel_page(request, edition, round, seat_form=form)
    seat = seat_judge(
        round=round,
        user=form.cleaned_data["judge"],
        number=form.cleaned_data["number"],
        is_chief=form.cleaned_data["is_chief"],
        actor=request.user,
        at=clock.now(),
    )
    messages.success(request, f"{seat.judge.actor_label}已入席，为{seat.label}。")
    return _back(slug, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_remove(request: SignedInRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """Asks, then takes an unused seat away."""
    edition, round = _round(request, slug, kind)
    seat = get_round_seat(round, number)
    if request.method == "POST":
        unseat_judge(seat=seat, actor=request.user, at=clock.now())
        messages.success(request, f"已撤销{seat.label}的席位。")
        return _back(slug, kind)
    question = {
        "title": f"撤销{seat.label}（{seat.judge.actor_label}）的席位",
        "text": "这个席位还没有分配过项目，撤销后席位号可以给其他评委。",
        "submit": "撤销席位",
    }
    return _ask(request, edition, round, question)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_preview(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """GET: what a seed would give. POST: writes exactly that, or shows the new state when something changed since."""
    edition, round = _round(request, slug, kind)
    if round.kind != Round.Kind.PRELIMINARY:
        raise Http404
    if request.method == "POST":
        form = SeedForm(request.POST)
        if form.is_valid():
            assign_panel(
                round=round,
                seed=form.cleaned_data["seed"],
                cap=form.cleaned_data["cap"],
                expected=request.POST.get("digest", ""),
                actor=request.user,
                at=clock.now(),
            )
            messages.success(request, "已按预览写入分配。")
            return _back(slug, kind, "#entries")
    else:
        form = SeedForm(request.GET or {"seed": secrets.token_hex(4)})
    context = {**_console(edition, round), "form": form, "proposal": None, "fault": ""}
    if form.is_valid():
        try:
            proposal = propose_assignment(round, form.cleaned_data["seed"], form.cleaned_data["cap"])
        except Fault as fault:
            context["fault"] = fault.message
        else:
            context["proposal"] = proposal
            context["highest"] = max((load for _, load in proposal.loads), default=0) or 1
    return render(request, "judging/panel/preview.html", context)


@login_required
@require_POST
def assignment_add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Gives an entry to a seat by hand."""
    edition, round = _round(request, slug, kind)
    form = PairForm(request.POST, round=round)
    if not form.is_valid():
        return _panel_page(request, edition, round, pair_form=form)
    row = assign_entry(
        seat=form.cleaned_data["seat"], entry=form.cleaned_data["entry"], actor=request.user, at=clock.now()
    )
    messages.success(request, f"{row.entry.code} 号已分配给{row.seat.label}。")
    return _back(slug, kind, "#entries")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_withdraw(request: SignedInRequest, slug: str, kind: str, public_id: str) -> HttpResponse:
    """Asks for the reason, then takes an assignment back."""
    edition, round = _round(request, slug, kind)
    row = get_assignment_for(request.user, public_id, to=MANAGE)
    if row.seat.panel.round_id != round.pk or row.state != states.ASSIGNED:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_assignment(assignment=row, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, f"已取消{row.seat.label}对 {row.entry.code} 号的分配。")
        return _back(slug, kind, "#entries")
    question = {
        "title": f"取消{row.seat.label}对 {row.entry.code} 号的分配",
        "text": "取消后这位评委看不到该项目，已提交的评分也不再计入（不按零分计）；记录保留，可以再次分配。",
        "submit": "取消分配",
    }
    return _ask(request, edition, round, question, form)


@login_required
@require_POST
def conflict_add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Records a conflict the organiser decided."""
    edition, round = _round(request, slug, kind)
    form = ConflictForm(request.POST, round=round, prefix="conflict")
    if not form.is_valid():
        return _panel_page(request, edition, round, conflict_form=form)
    data = form.cleaned_data
    declare_conflict(
        judge=data["seat"].judge, entry=data["entry"], reason=data["reason"], actor=request.user, at=clock.now()
    )
    messages.success(request, f"已登记{data['seat'].label}对 {data['entry'].code} 号回避。")
    return _back(slug, kind, "#conflicts")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_lift(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Asks for the reason, then removes a conflict."""
    edition, round = _round(request, slug, kind)
    conflict = get_conflict(edition, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lift_conflict(conflict=conflict, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, f"已解除 {conflict.entry.code} 号的回避关系。需要的话请重新分配。")
        return _back(slug, kind, "#conflicts")
    question = {
        "title": f"解除{conflict.judge.actor_label}对 {conflict.entry.code} 号的回避",
        "text": f"登记的原因：{conflict.reason}。解除后可以重新分配给这位评委；已取消的分配不会自动恢复。",
        "submit": "解除回避",
    }
    return _ask(request, edition, round, question, form)


def _console(edition: Edition, round: Round) -> dict[str, Any]:
    return {"edition": edition, "round": round}


def _ask(
    request: SignedInRequest, edition: Edition, round: Round, question: dict[str, str], form: forms.Form | None = None
) -> HttpResponse:
    """The question as a page; the same address answers it by POST."""
    status = 422 if form is not None and form.is_bound else 200
    context = {**_console(edition, round), "question": question, "form": form}
    return render(request, "judging/panel/ask.html", context, status=status)


def _panel_page(request: SignedInRequest, edition: Edition, round: Round, **bound: forms.Form) -> HttpResponse:
    at = clock.now()
    found = round_progress(round, at)
    conflicts = ConflictOfInterest.objects.filter(
        entry__edition=edition, judge__in=[one.seat.judge_id for one in found.seats]
    )
    context = {
        **_console(edition, round),
        "progress": found,
        "highest": max((one.due for one in found.seats), default=0) or 1,
        "conflicts": conflicts.select_related("judge", "entry").order_by("entry__number", "pk"),
        "seat_labels": {one.seat.judge_id: one.seat.label for one in found.seats},
        "seat_form": SeatForm(edition=edition, round=round),
        "pair_form": PairForm(round=round),
        "conflict_form": ConflictForm(round=round, prefix="conflict"),
        "is_preliminary": round.kind == Round.Kind.PRELIMINARY,
        "may_change": round_phase(round, at) != "closed",
        **bound,
    }
    return render(request, "judging/panel/manage.html", context, status=422 if bound else 200)
