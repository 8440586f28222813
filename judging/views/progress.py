"""How far the judges are, and reminding them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.queries.access import get_edition_for
from core import clock
from judging.actions.guard import round_phase
from judging.actions.remind import remind_judges
from judging.queries.access import get_scored_round
from judging.queries.marks import is_round_complete
from judging.queries.progress import find_divergences, round_progress

PER_PAGE = 100


@login_required
@require_safe
def progress(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Who has submitted how much. Marks stay out of it; disagreement is shown after the close only."""
    edition = get_edition_for(request.user, slug, to="judging.view_progress")
    round = get_scored_round(edition, kind)
    at = clock.now()
    may_manage = request.user.has_perm("judging.manage_panel", edition)
    found = round_progress(round, at)
    if found.is_closed or may_manage:
        find_divergences(round, found)
    context = {
        "edition": edition,
        "round": round,
        "progress": found,
        "page_obj": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page")),
        "reasons": is_round_complete(round) if found.is_closed else [],
        "phase": round_phase(round, at),
        "may_manage": may_manage,
        "at": at,
    }
    return render(request, "judging/panel/progress.html", context)


@login_required
@require_POST
def remind(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Mails the judges ticked on the progress page."""
    round = get_scored_round(get_edition_for(request.user, slug, to="judging.manage_panel"), kind)
    numbers = [int(text) for text in request.POST.getlist("seat") if text.isascii() and text.isdigit()]
    sent = remind_judges(round=round, numbers=numbers, actor=request.user, at=clock.now())
    if sent:
        messages.success(request, f"已向 {len(sent)} 位评委发出提醒邮件。")
    else:
        messages.warning(request, "没有发出提醒：请先勾选还有评分未提交、且留有邮箱的评委。")
    return redirect("judging:progress", slug, kind)
