"""The published ledger: a page that says how to check it, and proofs over HTTP."""

from __future__ import annotations

import base64

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.ledger.proof import LogProof, format_proof
from voting.models import LedgerAnchor, LedgerKey
from voting.queries.campaign import is_final, vote_settings
from voting.queries.published import (
    URL,
    ledger_folder,
    prove_consistency,
    prove_inclusion,
    published_checkpoint,
    published_entries,
)
from voting.queries.voter import find_ballot


@require_safe
def ledger_page(request: HttpRequest, edition: str) -> HttpResponse:
    """What the ledger is, how far it reaches, the checkpoints of past days, and how anybody checks it."""
    found = get_public_edition(edition)
    folder = ledger_folder(found)
    newest = published_checkpoint(folder)
    rules = vote_settings(found)
    context = {
        "edition": found,
        "at": clock.now(),
        "checkpoint": newest[0] if newest else None,
        "root": newest[0].root.hex() if newest else "",
        "entries": published_entries(folder),
        "is_final": is_final(found),
        "policy": rules.board.sentence() if rules else "",
        "keys": LedgerKey.objects.filter(edition=found).values_list("verifier_key", flat=True),
        "anchors": LedgerAnchor.objects.filter(edition=found).select_related("checkpoint").order_by("-day"),
        "base": f"/public/{URL}/{found.slug}",
    }
    return render(request, "voting/ledger.html", context)


@require_safe
def receipt_proof(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """That the vote with this receipt code stands in the ledger (tlog-proof). Tells its place, nothing else of it."""
    found = get_public_edition(edition)
    ballot = find_ballot(found, code)
    leaf = getattr(ballot, "ledger_leaf", None)
    return _proof(found, leaf.index if leaf else None)


@require_safe
def leaf_proof(request: HttpRequest, edition: str, index: int) -> HttpResponse:
    """That leaf `index` (from 0) stands in the ledger."""
    return _proof(get_public_edition(edition), index)


@require_safe
def consistency(request: HttpRequest, edition: str, size: int) -> JsonResponse:
    """That the ledger as it was with `size` leaves is a prefix of the one published now (RFC 6962 §2.1.2)."""
    found = prove_consistency(get_public_edition(edition), size)
    if found is None:
        raise Http404
    checkpoint, proof = found
    hashes = [base64.b64encode(digest).decode() for digest in proof]
    return JsonResponse({"from": size, "to": checkpoint.size, "proof": hashes})


def _proof(edition: Edition, index: int | None) -> HttpResponse:
    proof: LogProof | None = None if index is None else prove_inclusion(edition, index)
    if proof is None:
        raise Http404
    response = HttpResponse(format_proof(proof), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition.slug}-{index}.tlog-proof"'
    return response
