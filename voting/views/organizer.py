"""Pages of the committee: cases, close and final tally."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from voting.actions.close import GRACE, close_vote
from voting.actions.final import finalise_tally
from voting.queries.campaign import vote_schedule
from voting.queries.final import current_approvals, final_blockers
from voting.queries.ledger import ledger_state
from voting.queries.monitor import shares
from voting.queries.tally import tally

PER_PAGE = 30


def actor_of(request: HttpRequest) -> User:
    """The signed-in person, after `login_required`."""
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Closes the ledger by hand; the job does it by itself within a minute."""
    found = get_edition_for(request.user, slug, to="voting.manage_vote")
    close_vote(edition=found, actor=actor_of(request), at=clock.now())
    messages.success(request, "投票账本已封账。")
    return redirect("voting:final-approve", found.slug)


@login_required
@require_http_methods(["GET", "POST"])
def final(request: HttpRequest, slug: str) -> HttpResponse:
    """Approving the tally, with all that blocks it; the second person's approval makes it final."""
    found, at = get_edition_for(request.user, slug, to="voting.approve_final"), clock.now()
    refusal = ""
    if request.method == "POST":
        try:
            finalise_tally(edition=found, actor=actor_of(request), at=at)
        except Refusal as refused:
            refusal = refused.text
        else:
            messages.success(request, "已批准票数。")
            return redirect("voting:final-approve", found.slug)
    schedule, state = vote_schedule(found), ledger_state(found)
    ends_at = schedule.ends_at if schedule else None
    context = {
        "edition": found,
        "at": at,
        "state": state,
        "ends_at": ends_at,
        "can_close": bool(ends_at and at >= ends_at + GRACE and not state.is_closed),
        "blockers": final_blockers(found),
        "approvals": current_approvals(found),
        "has_approved": any(one.by_id == request.user.pk for one in current_approvals(found)),
        "shares": shares(found),
        "total": sum(count.valid for count in tally(found).values()),
        "refusal": refusal,
    }
    return render(request, "voting/final_approve.html", context, status=409 if refusal else 200)
