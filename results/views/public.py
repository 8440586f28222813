"""Pages of results for everyone: only what is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from competitions.queries.rule_set import award_round, scored_rounds
from competitions.queries.schedule import view_stage
from core import clock
from results.exports.ranking import FORMATS
from results.queries import access
from results.queries.breakdown import breakdown_of
from results.queries.calendar import publicity_of
from results.queries.notices import notice_of
from results.queries.standings import standings
from results.queries.state import current_result, final_result, next_round
from results.views.context import podium_context, proof_context, table_context
from results.views.files import ranking_file, record_file

PDF_KEPT = 24 * 3600


@require_safe
def results(request: HttpRequest, edition: str) -> HttpResponse:
    """Awards, places and how they came about; before the publication: when to expect it."""
    found, at = get_public_edition(edition), clock.now()
    result = final_result(found)
    if result is None:
        return render(request, "results/results_pending.html", {"edition": found, "at": at, **_pending(found, at)})
    rows = standings(result)
    chosen = request.GET.get("group", "")
    context = {
        "edition": found,
        "at": at,
        "result": result,
        "notice": notice_of(result),
        **podium_context(rows),
        **table_context(rows, chosen, result),
        **proof_context(result, is_last=True),
    }
    return render(request, "results/results.html", context)


@require_safe
def finalists(request: HttpRequest, edition: str) -> HttpResponse:
    """Who goes on to the last round, with what got them there; before the publication: when to expect it."""
    found, at = get_public_edition(edition), clock.now()
    rounds = scored_rounds(found)
    result = current_result(rounds[-2]) if len(rounds) > 1 else None
    context: dict[str, Any] = {"edition": found, "at": at, "final": rounds[-1] if rounds else None}
    if result is None:
        before = rounds[-2] if len(rounds) > 1 else None
        context |= {"round": before, "stage": view_stage(before.stage, at) if before else None}
        return render(request, "results/finalists_pending.html", context)
    rows = standings(result, only_advanced=True)
    context |= {"result": result, "notice": notice_of(result)}
    context |= {**table_context(rows, request.GET.get("group", ""), result), **proof_context(result, is_last=False)}
    return render(request, "results/finalists.html", context)


@require_safe
def breakdown(request: HttpRequest, edition: str, kind: str, number: int) -> HttpResponse:
    """How one entry came to its total."""
    found = get_public_edition(edition)
    placing = access.get_public_placing(found, kind, number)
    row = next(one for one in standings(placing.result) if one.placing.pk == placing.pk)
    context = {"edition": found, "result": placing.result, "row": row, "steps": breakdown_of(placing)}
    context["shows_marks"] = publicity_of(found).shows_judge_totals
    context |= proof_context(placing.result, is_last=next_round(placing.result.round) is None)
    return render(request, "results/breakdown.html", context)


@require_safe
def record(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """The record of computation: exactly the bytes whose SHA-256 is the check code. It names every judge's marks by seat,
    so it is public once the organiser confirmed that these are."""
    found = get_public_edition(edition)
    result = access.get_public_result(found, public_id)
    if not publicity_of(found).shows_judge_totals:
        raise Http404
    return record_file(result)


@require_safe
def table(request: HttpRequest, edition: str, fmt: str) -> HttpResponse:
    """The published ranking of the last round as a file."""
    result = final_result(get_public_edition(edition))
    if result is None or fmt not in FORMATS:
        raise Http404
    return ranking_file(result, fmt)


@require_safe
def verifier(request: HttpRequest, name: str) -> FileResponse:
    """The program of that name which recomputes a result or a draw without us."""
    path = settings.BASE_DIR / "tools" / name
    return FileResponse(path.open("rb"), content_type="text/x-python; charset=utf-8", as_attachment=True, filename=path.name)


def _pending(edition: Edition, at) -> dict[str, Any]:
    last = award_round(edition)
    rounds = scored_rounds(edition)
    listed = current_result(rounds[-2]) if len(rounds) > 1 else None
    return {"round": last, "stage": view_stage(last.stage, at) if last else None, "finalists": listed}
