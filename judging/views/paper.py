"""Scorers: a paper sheet is typed by one, and confirmed against the paper by another one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Round
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from judging import states
from judging.actions.paper import confirm_paper, return_paper, type_paper
from judging.errors import MarksInvalid
from judging.forms.panel import ReasonForm
from judging.forms.sheet import read_sheet
from judging.models import PaperSheet, ScoreSheet
from judging.queries.access import get_assignment_for
from judging.queries.paper import get_paper_for, paper_board, paper_rounds
from judging.queries.score_form import score_form

TYPE = "judging.type_sheet"


@login_required
@require_safe
def paper_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """What waits for the second person, and whose sheet of the chosen entry is still missing."""
    edition = get_edition_for(request.user, slug, to=TYPE)
    rounds = paper_rounds(edition)
    wanted = request.GET.get("round", "")
    round = next((one for one in rounds if one.kind == wanted), rounds[-1] if rounds else None)
    context = {
        "edition": edition,
        "round": round,
        "rounds": [{"label": one.name, "url": f"?round={one.kind}", "current": one == round} for one in rounds],
        "board": paper_board(round, request.GET.get("entry", "").strip()) if round else None,
        "typed": request.GET.get("entry", "").strip(),
    }
    return render(request, "judging/paper/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_type(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The rubric to type a paper sheet into; what was typed stays when it is refused."""
    assignment = get_assignment_for(request.user, public_id, to=TYPE)
    if assignment.entry.edition.slug != slug or assignment.state != states.ASSIGNED:
        raise Http404
    typed, refusal = read_sheet(request.POST), None
    if request.method == "POST":
        try:
            type_paper(
                assignment=assignment, marks=typed.marks, comment=typed.comment, actor=request.user, at=clock.now()
            )
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, f"已录入{assignment.seat.label}对 {assignment.entry.code} 号的评分，请另一位记分员复核。")
            return redirect(_back(slug, assignment.seat.panel.round, assignment.entry.code))
    faults = refusal.fields if isinstance(refusal, MarksInvalid) else {}
    context = {
        **_base(slug, assignment),
        "form": score_form(assignment, None, typed.marks if request.method == "POST" else {}, faults),
        "comment": typed.comment,
        "refusal": refusal,
        "errors": [{"anchor": f"n-{code}", "message": text} for code, text in faults.items()],
    }
    return render(request, "judging/paper/type.html", context, status=refusal.status if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_check(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The marks as typed beside the paper: confirmed, or returned with what differs."""
    paper = get_paper_for(request.user, slug, public_id)
    assignment, refusal = paper.assignment, None
    is_return = request.POST.get("act") == "return"
    form = ReasonForm(request.POST if is_return else None)
    if request.method == "POST" and (not is_return or form.is_valid()):
        try:
            _decide(request, paper, form.cleaned_data["reason"] if is_return else None)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, "已退回重录。" if is_return else "已复核，评分已提交。")
            return redirect(_back(slug, assignment.seat.panel.round, assignment.entry.code))
    context = {
        **_base(slug, assignment),
        "paper": paper,
        "form": score_form(assignment, ScoreSheet(draft=paper.marks)),
        "reason_form": form,
        "refusal": refusal,
        "is_own": paper.typed_by_id == request.user.pk,
        "is_waiting": paper.state == states.TYPED,
    }
    status = refusal.status if refusal else (422 if is_return else 200)
    return render(request, "judging/paper/check.html", context, status=status)


def _decide(request: SignedInRequest, paper: PaperSheet, reason: str | None) -> None:
    if reason is None:
        confirm_paper(paper=paper, actor=request.user, at=clock.now())
    else:
        return_paper(paper=paper, reason=reason, actor=request.user, at=clock.now())


def _back(slug: str, round: Round, code: str) -> str:
    return f"{reverse('judging:paper-list', args=[slug])}?round={round.kind}&entry={code}"


def _base(slug: str, assignment: Any) -> dict[str, Any]:
    round = assignment.seat.panel.round
    return {
        "edition": round.edition,
        "round": round,
        "assignment": assignment,
        "seat": assignment.seat,
        "entry": assignment.entry,
        "back_url": _back(slug, round, assignment.entry.code),
    }
