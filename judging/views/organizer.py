"""The organiser: the page of a panel, and its seats."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core import clock
from judging.actions.guard import round_phase
from judging.actions.panel import seat_judge, unseat_judge
from judging.forms.panel import PairForm, SeatForm
from judging.models import ConflictOfInterest
from judging.queries.access import get_round_seat, get_scored_round
from judging.queries.conflict import suspicion_count
from judging.queries.progress import round_progress
from judging.views.progress import PER_PAGE

MANAGE = "judging.manage_panel"


def managed_round(request: SignedInRequest, slug: str, kind: str) -> tuple[Edition, Round]:
    """The round whose panel the person manages; 404 for everybody else."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    return edition, get_scored_round(edition, kind)


def back_to_panel(slug: str, kind: str, part: str = "") -> HttpResponse:
    """To the page of the panel, at `part` ("#entries")."""
    return redirect(reverse("judging:panel-manage", args=[slug, kind]) + part)


@login_required
@require_safe
def panel_manage(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Seats with their load, assignment by entry, conflicts; every change is a form of its own."""
    edition, round = managed_round(request, slug, kind)
    return panel_page(request, edition, round)


@login_required
@require_POST
def seat_add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Seats a judge."""
    edition, round = managed_round(request, slug, kind)
    form = SeatForm(request.POST, edition=edition, round=round)
    if not form.is_valid():
        return panel_page(request, edition, round, seat_form=form)
    seat = seat_judge(
        round=round,
        user=form.cleaned_data["judge"],
        number=form.cleaned_data["number"],
        is_chief=form.cleaned_data["is_chief"],
        actor=request.user,
        at=clock.now(),
    )
    messages.success(request, f"{seat.judge.actor_label}已入席，为{seat.label}。")
    return back_to_panel(slug, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_remove(request: SignedInRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """Asks, then takes an unused seat away."""
    edition, round = managed_round(request, slug, kind)
    seat = get_round_seat(round, number)
    if request.method == "POST":
        unseat_judge(seat=seat, actor=request.user, at=clock.now())
        messages.success(request, f"已撤销{seat.label}的席位。")
        return back_to_panel(slug, kind)
    question = {
        "title": f"撤销{seat.label}（{seat.judge.actor_label}）的席位",
        "text": "这个席位还没有分配过项目，撤销后席位号可以给其他评委。",
        "submit": "撤销席位",
    }
    return ask(request, edition, round, question)


def ask(
    request: SignedInRequest, edition: Edition, round: Round, question: dict[str, str], form: forms.Form | None = None
) -> HttpResponse:
    """The question as a page; the same address answers it by POST."""
    status = 422 if form is not None and form.is_bound else 200
    context = {"edition": edition, "round": round, "question": question, "form": form}
    return render(request, "judging/panel/ask.html", context, status=status)


def panel_page(request: SignedInRequest, edition: Edition, round: Round, **bound: forms.Form) -> HttpResponse:
    """The page of the panel; `bound` are forms that were refused, by their name in the template."""
    at = clock.now()
    found = round_progress(round, at)
    judges = [one.seat.judge for one in found.seats]
    recorded = ConflictOfInterest.objects.filter(entry__edition=edition, judge__in=judges).count()
    context = {
        "edition": edition, "round": round,
        "progress": found,
        "page_obj": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page")),
        "highest": max((one.due for one in found.seats), default=0) or 1,
        "conflict_count": recorded,
        "suspicion_count": suspicion_count(round, [line.entry for line in found.entries], judges, recorded, at),
        "seat_form": SeatForm(edition=edition, round=round),
        "pair_form": PairForm(round=round),
        "is_preliminary": round.kind == Round.Kind.PRELIMINARY,
        "may_change": round_phase(round, at) != "closed",
        **bound,
    }
    return render(request, "judging/panel/manage.html", context, status=422 if bound else 200)
