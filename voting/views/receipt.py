"""Receipts: in full for the voter's own device, and for everybody once the tally is final."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.queries.access import get_public_edition
from core import clock
from voting.queries.campaign import find_campaign, is_final
from voting.queries.receipt import receipt_view
from voting.queries.voter import find_ballot
from voting.views.ballot_page import ballot_context
from voting.views.device import identify


@require_safe
@never_cache
def receipt(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """A receipt in plain words: in full for the voter's own device, and for everybody once the tally is final."""
    found, at = get_public_edition(edition), clock.now()
    ballot = find_ballot(found, code)
    if ballot is None:
        return render(request, "voting/receipt_lookup.html", {"edition": found, "code": code, "is_unknown": True}, status=404)
    context = ballot_context(request, found, at, [])
    voter = context["voter"]
    is_own = voter is not None and voter.tag == ballot.voter_tag
    context |= {"receipt": receipt_view(found, ballot, is_own=is_own), "code": code}
    return render(request, "voting/receipt.html", context)


@require_safe
@never_cache
def receipt_note(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """The signed receipt as a file, for the verifier's --known; only to the voter's own device, or after the final tally."""
    found, at = get_public_edition(edition), clock.now()
    ballot = find_ballot(found, code)
    voter = identify(request, found, find_campaign(found, at), at)
    if ballot is None or not (is_final(found) or (voter is not None and voter.tag == ballot.voter_tag)):
        raise Http404
    response = HttpResponse(ballot.receipt, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{code}.txt"'
    return response


@require_safe
def receipt_lookup(request: HttpRequest, edition: str) -> HttpResponse:
    """A field for the receipt code; leads to the receipt."""
    found = get_public_edition(edition)
    typed = request.GET.get("code", "").strip()[:40]
    ballot = find_ballot(found, typed) if typed else None
    if ballot is not None:
        return redirect("voting:receipt", found.slug, receipt_view(found, ballot, is_own=False).code)
    context = {"edition": found, "code": typed, "is_unknown": bool(typed)}
    return render(request, "voting/receipt_lookup.html", context, status=404 if typed else 200)
