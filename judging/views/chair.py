"""The chief judge: who has submitted, and reopening a submitted sheet. No marks are shown here."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Round
from competitions.queries.access import get_edition_for
from core import clock
from judging import states
from judging.actions.guard import round_phase
from judging.actions.sheet import unlock_sheet
from judging.forms.panel import ReasonForm
from judging.models import ScoreSheet
from judging.queries.access import get_assignment_for
from judging.queries.chair import scored_rounds
from judging.queries.material import entry_title
from judging.queries.progress import round_progress
from judging.views.judge import layout_of

PER_PAGE = 60


@login_required
@require_safe
def sheet_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every round of the edition with its sheets by entry: who submitted, who has not; submitted ones can be reopened."""
    edition = get_edition_for(request.user, slug, to="judging.chair_panel")
    at = clock.now()
    rounds = scored_rounds(edition)
    chosen = _chosen(rounds, request.GET.get("round", ""), at)
    progress = round_progress(chosen, at) if chosen else None
    context = {
        "judge": layout_of(chosen),
        "edition": edition,
        "round": chosen,
        "rounds": [
            {"label": one.name, "url": f"?round={one.kind}", "current": one == chosen} for one in rounds
        ],
        "progress": progress,
        "page_obj": Paginator(progress.entries if progress else [], PER_PAGE).get_page(request.GET.get("page")),
        "is_open": chosen is not None and round_phase(chosen, at) == "open",
    }
    return render(request, "judging/chair/sheet_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The question and the reason, then the reopening."""
    assignment = get_assignment_for(request.user, public_id, to="judging.chair_panel")
    sheet = ScoreSheet.objects.filter(assignment=assignment, state=states.LOCKED).select_related(
        "assignment__seat__panel__round__edition", "assignment__seat__panel__round__stage", "assignment__entry"
    ).first()
    round = assignment.seat.panel.round
    if sheet is None or round.edition.slug != slug:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unlock_sheet(sheet=sheet, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, f"已退回{assignment.seat.label}对 {assignment.entry.code} 号的评分，原版本保留。")
        return redirect("judging:chair", slug)
    context = {
        "judge": layout_of(round),
        "edition": round.edition,
        "assignment": assignment,
        "title": entry_title(assignment.entry, round.is_blind),
        "form": form,
    }
    return render(request, "judging/chair/unlock.html", context, status=422 if form.is_bound else 200)


def _chosen(rounds: list[Round], kind: str, at: datetime) -> Round | None:
    named = next((one for one in rounds if one.kind == kind), None)
    is_open = (one for one in rounds if round_phase(one, at) == "open")
    return named or next(is_open, None) or (rounds[0] if rounds else None)
