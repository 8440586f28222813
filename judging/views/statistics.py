"""The committee: what a closed round's marks say about the judges."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from competitions.queries.access import get_edition_for
from core import clock
from judging.actions.guard import round_phase
from judging.queries.access import get_scored_round
from judging.queries.statistics import round_statistics


@login_required
@require_safe
def statistics(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Agreement, severity and outlying sheets; nothing is computed before the round has closed."""
    edition = get_edition_for(request.user, slug, to="judging.view_progress")
    round = get_scored_round(edition, kind)
    is_closed = round_phase(round, clock.now()) == "closed"
    context = {
        "edition": edition,
        "round": round,
        "is_closed": is_closed,
        "found": round_statistics(round) if is_closed else None,
    }
    return render(request, "judging/panel/statistics.html", context)
