"""Pages of results for everyone: only what is published."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from competitions.queries.rule_set import award_round, scored_rounds
from competitions.queries.schedule import view_stage
from core import clock
from core.canonical import canonical_json, sha256_hex
from core.documents import render_pdf
from core.markdown import render_markdown
from results.exports.ranking import FORMATS
from results.models import RoundResult
from results.queries import access
from results.queries.breakdown import breakdown_of
from results.queries.certificates import certificate_contents
from results.queries.standings import standings
from results.queries.state import current_result, final_result, next_round
from results.views.context import podium_context, proof_context, table_context
from results.views.files import attachment, ranking_file, record_file

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
        "notice": _notice_of(result),
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
    context |= {"result": result, "notice": _notice_of(result)}
    context |= {**table_context(rows, request.GET.get("group", ""), result), **proof_context(result, is_last=False)}
    return render(request, "results/finalists.html", context)


@require_safe
def breakdown(request: HttpRequest, edition: str, kind: str, number: int) -> HttpResponse:
    """How one entry came to its total."""
    found = get_public_edition(edition)
    placing = access.get_public_placing(found, kind, number)
    row = next(one for one in standings(placing.result) if one.placing.pk == placing.pk)
    context = {"edition": found, "result": placing.result, "row": row, "steps": breakdown_of(placing)}
    context |= proof_context(placing.result, is_last=next_round(placing.result.round) is None)
    return render(request, "results/breakdown.html", context)


@require_safe
def notice(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """A public notice with its period and the list it is about."""
    found = get_public_edition(edition)
    shown = access.get_public_notice(found, public_id)
    is_list = shown.kind == shown.Kind.FINALISTS
    rows = standings(shown.result, only_advanced=is_list)
    context = {
        "edition": found,
        "at": clock.now(),
        "notice": shown,
        "body": render_markdown(shown.body),
        "is_list": is_list,
        "later": _later_notice(shown.result),
        **table_context(rows, "", shown.result),
        **proof_context(shown.result, is_last=not is_list),
    }
    return render(request, "results/notice.html", context)


@require_safe
def record(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """The record of computation: exactly the bytes whose SHA-256 is the check code."""
    result = access.get_public_result(get_public_edition(edition), public_id)
    return record_file(result)


@require_safe
def table(request: HttpRequest, edition: str, fmt: str) -> HttpResponse:
    """The published ranking of the last round as a file."""
    result = final_result(get_public_edition(edition))
    if result is None or fmt not in FORMATS:
        raise Http404
    return ranking_file(result, fmt)


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF; a revoked one leads to the page that says so."""
    found = access.get_certificate(number)
    if found.revoked_at is not None:
        return redirect("results:verify", found.verify_code)
    contents = certificate_contents(found)
    key = f"certificate:{sha256_hex(canonical_json(contents))}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = render_pdf("results/certificate", contents, at=found.issued_at)
        cache.set(key, pdf, PDF_KEPT)
    return attachment(pdf, "application/pdf", f"{found.number}.pdf", inline=True)


@require_safe
def verify_lookup(request: HttpRequest) -> HttpResponse:
    """Checks a certificate by the code printed on it."""
    typed = request.GET.get("code", "").strip()[:40]
    if not typed:
        return render(request, "results/verify_lookup.html", {})
    code = access.canonical_code(typed)
    if code and access.find_certificate(code):
        return redirect("results:verify", code)
    return render(request, "results/verify_lookup.html", {"typed": typed, "is_code": bool(code)})


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Says whether a certificate is valid, and what stands on it."""
    canonical = access.canonical_code(code)
    found = access.find_certificate(canonical) if canonical else None
    if found is None:
        return HttpResponseRedirect(f"{reverse('results:verify-lookup')}?code={quote(code)}")
    if canonical != code:
        return redirect("results:verify", canonical)
    contents = certificate_contents(found)
    context = {"certificate": found, "contents": contents, "edition": found.award.award_type.edition}
    return render(request, "results/verify.html", context)


@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The program that recomputes a record without us."""
    path = settings.BASE_DIR / "tools" / "verify_result.py"
    return FileResponse(path.open("rb"), content_type="text/x-python; charset=utf-8", as_attachment=True, filename=path.name)


def _pending(edition: Edition, at) -> dict[str, Any]:
    last = award_round(edition)
    rounds = scored_rounds(edition)
    listed = current_result(rounds[-2]) if len(rounds) > 1 else None
    return {"round": last, "stage": view_stage(last.stage, at) if last else None, "finalists": listed}


def _notice_of(result: RoundResult):
    return result.notices.filter(published_at__isnull=False).first()


def _later_notice(result: RoundResult):
    """The notice of the result now in force, when this one was corrected."""
    newest = current_result(result.round)
    return _notice_of(newest) if newest is not None and newest.pk != result.pk else None
