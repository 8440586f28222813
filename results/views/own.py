"""An entrant's own result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from entries.queries.access import get_entry_for
from results.queries.calendar import publicity_of
from results.queries.own import own_results


@login_required
@never_cache
@require_safe
def own_result(request: HttpRequest, public_id: str) -> HttpResponse:
    """How the own entry fared in each published round, and what judges advise; who was eliminated sees the own place too."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    context = {
        "entry": entry,
        "edition": entry.edition,
        "at": clock.now(),
        "rounds": own_results(entry),
        "shows_marks": publicity_of(entry.edition).shows_judge_totals,
    }
    return render(request, "results/own.html", context)
