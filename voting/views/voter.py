"""Pages of a voter: choose, check, cast, receipt. Plain Django, no session; every page works without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.errors import Refusal
from core.request_context import client_address
from voting.actions.cast import MOST_PICKS, Outcome, cast_ballots
from voting.actions.open import ready_campaign
from voting.errors import NothingPicked
from voting.queries.campaign import OPEN, edition_to_vote_in, find_campaign, is_final, vote_schedule
from voting.queries.gallery import Filters, public_entries
from voting.queries.receipt import receipt_view
from voting.queries.voter import find_ballot
from voting.views.ballot_page import ballot_context, list_context
from voting.views.device import Voter, identify, new_device, set_token
from voting.views.origin import from_our_pages
from voting.views.proof import check_proof, new_challenge, plain_form

LONGEST_BODY = 32 * 1024
ON_PHONE = 20


def picked_numbers(request: HttpRequest) -> list[int]:
    """Numbers named by `e` in the query or the form, in order, each as often as named, at most a hundred."""
    source = request.POST if request.method == "POST" else request.GET
    numbers = [int(text) for text in source.getlist("e") if text.isascii() and text.isdigit() and len(text) < 9]
    return numbers[: MOST_PICKS + 1]


@require_safe
@never_cache
def vote(request: HttpRequest, edition: str) -> HttpResponse:
    """The phone page: choose entries; before, between and after the vote it says so."""
    found, at = get_public_edition(edition), clock.now()
    schedule = vote_schedule(found)
    if schedule is None:
        raise Http404
    filters = Filters.from_query(request.GET)
    context = ballot_context(request, found, at, picked_numbers(request))
    if context["phase"] in ("closed", "upcoming", "delayed"):
        return render(request, "voting/vote_shut.html", context | {"is_final": is_final(found)})
    context |= list_context(request, found, at, filters, context["voter"], ON_PHONE)
    return render(request, "voting/vote.html", context)


@require_safe
@never_cache
def confirm(request: HttpRequest, edition: str) -> HttpResponse:
    """What will be cast, once more, with the form that casts it."""
    found = get_public_edition(edition)
    return _confirm_page(request, found, picked_numbers(request))


def _confirm_page(
    request: HttpRequest,
    edition: Edition,
    numbers: list[int],
    refusal: str = "",
    outcomes: Sequence[Outcome] = (),
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    context = ballot_context(request, edition, at, numbers)
    if context["phase"] != OPEN and not refusal:
        return redirect("voting:vote", edition.slug)
    if not numbers:
        return redirect("voting:vote", edition.slug)
    by_number = {entry.number: entry for entry in public_entries(edition).filter(number__in=numbers).select_related("group").prefetch_related("applicants__organisation")}
    problems = {outcome.entry_id: outcome.message for outcome in outcomes if not outcome.is_accepted}
    rows = [
        {"entry": by_number[number], "without": _without(numbers, place), "problem": problems.get(by_number[number].pk, "")}
        for place, number in enumerate(numbers)
        if number in by_number
    ]
    context |= {
        "rows": rows,
        "refusal": refusal,
        "submission": uuid4(),
        "plain": plain_form(edition, at) if context["voter"] is None else "",
    }
    return render(request, "voting/confirm.html", context, status=status)


def _without(numbers: list[int], place: int) -> str:
    return "&".join(f"e={number}" for index, number in enumerate(numbers) if index != place)


@require_POST
@from_our_pages
def cast(request: HttpRequest, edition: str) -> HttpResponse:
    """Casts the ballot and leads to its receipt; what was refused stays on the page, with the choice kept."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
        return HttpResponse(status=413)
    at = clock.now()
    found = edition_to_vote_in(edition)
    numbers = picked_numbers(request)
    try:
        voter, proof = _voter_of(request, found, at)
        outcomes = _cast(request, found, numbers, voter, proof, at)
    except NothingPicked:
        return redirect("voting:vote", found.slug)
    except Refusal as refusal:
        return _confirm_page(request, found, numbers, refusal.text, status=refusal.status)
    accepted = [outcome for outcome in outcomes if outcome.is_accepted]
    if accepted:
        for outcome in outcomes:
            if not outcome.is_accepted:
                messages.warning(request, outcome.message)
        response: HttpResponse = HttpResponseRedirect(reverse("voting:receipt", args=[found.slug, accepted[0].code]))
    else:
        response = _confirm_page(request, found, numbers, outcomes[0].message, outcomes, status=409)
    if proof:
        set_token(response, voter, found, at)
    return response


def _voter_of(request: HttpRequest, edition: Edition, at: datetime) -> tuple[Voter, str]:
    """The voter, and how a new one proved itself ("" for one who has a token)."""
    campaign = ready_campaign(edition, at)
    voter = identify(request, edition, campaign, at)
    if voter is not None:
        return voter, ""
    proof = check_proof(edition, request.POST.get("altcha", ""), request.POST.get("plain", ""), at)
    return new_device(campaign), proof


def _cast(
    request: HttpRequest, edition: Edition, numbers: list[int], voter: Voter, proof: str, at: datetime
) -> list[Outcome]:
    campaign = find_campaign(edition, at)
    if campaign is None or voter.tag is None:
        raise NothingPicked
    by_code = {int(entry.code): pk for pk, entry in campaign.entries.items()}
    return cast_ballots(
        edition=edition,
        entry_ids=[by_code.get(number, -number) for number in numbers],
        voter_tag=voter.tag,
        identity_level=voter.level,
        submission=_submission(request),
        evidence={
            "address": client_address.get(),
            "agent": request.headers.get("User-Agent", "")[:400],
            "device": voter.device_id,
            "proof": proof,
        },
        at=at,
        at_is_now=not clock.is_rehearsed(),
    )


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


@require_safe
@never_cache
def challenge(request: HttpRequest, edition: str) -> JsonResponse:
    """The widget's challenge."""
    return JsonResponse(new_challenge(get_public_edition(edition), clock.now()))


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


