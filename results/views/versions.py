"""What a correction changed, for the organiser and for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.queries.access import get_public_edition
from results.models import RoundResult
from results.queries import access
from results.queries.compared import public_predecessor, version_changes


@login_required
@require_safe
def changes(request: HttpRequest, slug: str, kind: str, version: int) -> HttpResponse:
    """What a version changed against the one it corrects."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.view_result")
    rows = RoundResult.objects.filter(round=round_, version=version).select_related("corrects__round", "round__edition")
    result = rows.first()
    if result is None or result.corrects is None:
        raise Http404
    found = version_changes(result.corrects, result)
    context = {"edition": round_.edition, "round": round_, "result": result, "before": result.corrects, "changes": found}
    return render(request, "results/changes.html", context)


@require_safe
def public_changes(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """What a published correction changed against the version published before it."""
    found = get_public_edition(edition)
    result = access.get_public_result(found, public_id)
    before = public_predecessor(result)
    if before is None:
        raise Http404
    listed = version_changes(before, result, with_marks=False)
    context = {"edition": found, "round": result.round, "result": result, "before": before, "changes": listed}
    return render(request, "results/public_changes.html", context)
