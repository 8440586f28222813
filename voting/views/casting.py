"""The hot path: a posted ballot. The short chain of middleware, no session, no CSRF token (voting/views/origin.py), one statement.

What is no plain way to the receipt is shown `in_full` (core/hot_paths.py).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from competitions.models import Edition
from core import clock
from core.errors import Refusal
from core.hot_paths import in_full
from core.request_context import client_address
from voting.actions.cast import Outcome, cast_ballots, on_the_way
from voting.actions.open import ready_campaign
from voting.errors import CodeRefused, NotAVoter, NothingPicked, ProofRefused
from voting.queries.campaign import Campaign, edition_to_vote_in
from voting.views.admission import Admitted, admit
from voting.views.choice import confirm_page, picked_numbers
from voting.views.device import set_token
from voting.views.origin import from_our_pages
from voting.views.proof import IMAGE, PLAIN

LONGEST_AGENT = 400


class ToReceipt(HttpResponseRedirect):
    """A redirect to a path of our own making, which need not be checked and quoted like one from outside."""

    def __init__(self, path: str) -> None:
        HttpResponse.__init__(self, headers={"Location": path})


@require_POST
@from_our_pages
def cast(request: HttpRequest, edition: str) -> HttpResponse:
    """Casts the ballot and leads to its receipt; what was refused stays on the page, with the choice kept."""
    at, found = clock.now(), edition_to_vote_in(edition)
    numbers: list[int] = []
    try:
        with on_the_way():
            numbers = picked_numbers(request)
            campaign, submission = ready_campaign(found, at), _submission(request)
            if not numbers:
                raise NothingPicked
            admitted = admit(request, found, campaign, submission, at)
            outcomes = _cast(found, campaign, numbers, admitted, submission, request, at)
    except NothingPicked:
        return redirect("voting:vote", found.slug)
    except Refusal as refusal:
        return _refused(request, found, numbers, refusal)
    response = _answer(request, found, campaign, numbers, outcomes)
    if admitted.wants_token:
        set_token(response, admitted.voter, found, at)
    return response


def _cast(
    edition: Edition, campaign: Campaign | None, numbers: list[int], admitted: Admitted, submission: UUID, request: HttpRequest,
    at: datetime,
) -> list[Outcome]:  # fmt: skip
    by_code = campaign.by_number if campaign else {}
    return cast_ballots(
        edition=edition,
        entry_ids=[by_code.get(number, -number) for number in numbers],
        voter_tag=admitted.voter.tag or "",
        identity_level=admitted.voter.level,
        submission=submission,
        evidence=_evidence(request, campaign, admitted),
        at=at,
        at_is_now=not clock.is_rehearsed(),
    )


def _evidence(request: HttpRequest, campaign: Campaign | None, admitted: Admitted) -> dict[str, Any]:
    """What is kept beside the ballot and may be destroyed: where from, with what, how proved, and which texts were agreed to."""
    return {
        "address": client_address.get(),
        "agent": request.META.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT],
        "device": admitted.voter.device_id,
        "privacy": campaign.admission.privacy if campaign else 0,
        "proof": admitted.way,
        "rules": campaign.admission.rules if campaign else 0,
    }


def _answer(
    request: HttpRequest, edition: Edition, campaign: Campaign | None, numbers: list[int], outcomes: list[Outcome]
) -> HttpResponse:
    """To the receipt, with a sentence for each entry that got no vote; or the page again when none got one."""
    accepted = [outcome for outcome in outcomes if outcome.is_accepted]
    if not accepted:
        reasons = {outcome.message for outcome in outcomes}
        said = reasons.pop() if len(reasons) == 1 else "本次没有计票，原因见各项目。"
        return in_full(request, lambda: confirm_page(request, edition, numbers, said, outcomes, status=409))
    receipt = ToReceipt(f"{_receipts(edition.slug)}{accepted[0].code}/")
    if len(accepted) == len(outcomes):
        return receipt

    def tell() -> HttpResponse:
        for outcome in outcomes:
            if not outcome.is_accepted:
                known = campaign.entries.get(outcome.entry_id) if campaign else None
                messages.warning(request, f"{known.code} 号未计票：{outcome.message}" if known else outcome.message)
        return receipt

    return in_full(request, tell)


@lru_cache(maxsize=16)
def _receipts(slug: str) -> str:
    """Where an edition's receipts are: worked out once, not for each vote."""
    return reverse("voting:receipt-lookup", args=[slug])


def _refused(request: HttpRequest, edition: Edition, numbers: list[int], refusal: Refusal) -> HttpResponse:
    """The page again. A browser that sent no proof runs no script: it gets the picture; a code stays asked for with its ticket."""
    way = ""
    if isinstance(refusal, NotAVoter):
        way = IMAGE
    elif isinstance(refusal, ProofRefused):
        way = PLAIN if request.POST.get("plain") else IMAGE if request.POST.get("image_key") else ""
    ticket = request.POST.get("ticket", "") if isinstance(refusal, CodeRefused) else ""
    page = partial(confirm_page, request, edition, numbers, refusal.text, status=refusal.status, way=way, ticket=ticket)
    return in_full(request, page)


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()
