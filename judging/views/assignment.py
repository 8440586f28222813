"""The organiser: dealing entries out to judges, and changing it by hand."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from competitions.models import Round
from core import clock
from core.fault import Fault
from judging import states
from judging.actions.assignment import assign_entry, assign_panel, withdraw_assignment
from judging.actions.reassign import replace_judge, swap_judges
from judging.forms.assignment import ReplaceForm, SeedForm, SwapForm
from judging.forms.panel import PairForm, ReasonForm
from judging.models import Assignment, Panel
from judging.queries.access import get_assignment_for, get_scored_entry
from judging.queries.assignment import propose_assignment
from judging.queries.substitutes import substitutes
from judging.views.organizer import MANAGE, ask, back_to_panel, managed_round, panel_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_preview(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """GET: what a seed would give. POST: writes exactly that, or shows the new state when something changed since."""
    edition, round = managed_round(request, slug, kind)
    if round.kind != Round.Kind.PRELIMINARY:
        raise Http404
    if request.method == "POST":
        form = SeedForm(request.POST, round=round)
        if form.is_valid():
            assign_panel(
                round=round, expected=request.POST.get("digest", ""), actor=request.user, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, "已按预览写入分配。")
            return back_to_panel(slug, kind, "#entries")
    else:
        form = SeedForm(request.GET or SeedForm.usual(round, secrets.token_hex(4)), round=round)
    context = {"edition": edition, "round": round, "form": form, "proposal": None, "fault": ""}
    if form.is_valid():
        try:
            context["proposal"] = propose_assignment(round, **form.cleaned_data)
        except Fault as fault:
            context["fault"] = fault.message
        else:
            context["highest"] = max((load for _, load in context["proposal"].loads), default=0) or 1
    return render(request, "judging/panel/preview.html", context)


@login_required
@require_POST
def assignment_add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Gives an entry to a seat by hand."""
    edition, round = managed_round(request, slug, kind)
    form = PairForm(request.POST, round=round)
    if not form.is_valid():
        return panel_page(request, edition, round, pair_form=form)
    row = assign_entry(
        seat=form.cleaned_data["seat"], entry=form.cleaned_data["entry"], actor=request.user, at=clock.now()
    )
    messages.success(request, f"{row.entry.code} 号已分配给{row.seat.label}。")
    return back_to_panel(slug, kind, "#entries")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_adjust(request: SignedInRequest, slug: str, kind: str, public_id: str) -> HttpResponse:
    """Who could take the entry instead, with load and field; handing it over, exchanging it, or taking it back."""
    edition, round = managed_round(request, slug, kind)
    row = _standing(request, round, public_id)
    found = substitutes(row.seat.panel_id, row.entry, leaving=row.seat_id)
    replace_form = ReplaceForm(request.POST if "seat" in request.POST else None, substitutes=found)
    swap_form = SwapForm(request.POST if "other" in request.POST else None, assignment=row)
    bound = replace_form if replace_form.is_bound else swap_form
    if request.method == "POST" and bound.is_valid():
        if bound is replace_form:
            new = replace_judge(assignment=row, seat=bound.cleaned_data["seat"], actor=request.user, at=clock.now())
            messages.success(request, f"{row.entry.code} 号已由{row.seat.label}改派给{new.seat.label}。")
        else:
            other = bound.cleaned_data["other"]
            swap_judges(first=row, second=other, actor=request.user, at=clock.now())
            messages.success(
                request, f"已对调：{row.entry.code} 号给{other.seat.label}，{other.entry.code} 号给{row.seat.label}。"
            )
        return back_to_panel(slug, kind, "#entries")
    context = {
        "edition": edition,
        "round": round,
        "row": row,
        "substitutes": found,
        "is_begun": getattr(row, "sheet", None) is not None and row.sheet.state != states.EMPTY,
        "replace_form": replace_form,
        "swap_form": swap_form,
    }
    return render(request, "judging/panel/adjust.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_withdraw(request: SignedInRequest, slug: str, kind: str, public_id: str) -> HttpResponse:
    """Asks for the reason, then takes an assignment back."""
    edition, round = managed_round(request, slug, kind)
    row = _standing(request, round, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_assignment(assignment=row, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, f"已取消{row.seat.label}对 {row.entry.code} 号的分配。")
        return back_to_panel(slug, kind, "#entries")
    question = {
        "title": f"取消{row.seat.label}对 {row.entry.code} 号的分配",
        "text": "取消后这位评委看不到该项目，已提交的评分也不再计入（不按零分计）；记录保留，可以再次分配。",
        "submit": "取消分配",
    }
    return ask(request, edition, round, question, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_extra(request: SignedInRequest, slug: str, kind: str, entry_id: str) -> HttpResponse:
    """One more judge for an entry, chosen among those who may: after marks diverged, or after a recusal."""
    edition, round = managed_round(request, slug, kind)
    entry = get_scored_entry(round, entry_id)
    panel = Panel.objects.filter(round=round).first()
    found = substitutes(panel.pk, entry) if panel is not None else []
    form = ReplaceForm(request.POST or None, substitutes=found)
    if request.method == "POST" and form.is_valid():
        row = assign_entry(seat=form.cleaned_data["seat"], entry=entry, actor=request.user, at=clock.now())
        messages.success(request, f"{entry.code} 号已加派{row.seat.label}，评委在任务列表中可见。")
        return redirect("judging:progress", slug, kind)
    context = {"edition": edition, "round": round, "entry": entry, "substitutes": found, "form": form}
    return render(request, "judging/panel/extra.html", context, status=422 if form.errors else 200)


def _standing(request: SignedInRequest, round: Round, public_id: str) -> Assignment:
    """An assignment of this round that stands; 404 otherwise."""
    row = get_assignment_for(request.user, public_id, to=MANAGE)
    if row.seat.panel.round_id != round.pk or row.state != states.ASSIGNED:
        raise Http404
    return row
