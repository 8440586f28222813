"""Choosing: the phone page with the entries, and the page that checks the choice and holds the form that casts it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pure.mobile import mask_mobile
from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.qr import qr_svg
from voting.actions.cast import MOST_PICKS, Outcome
from voting.actions.vote_code import ticket_mobile
from voting.queries.campaign import OPEN, is_final, vote_schedule
from voting.queries.gallery import Filters, public_entries
from voting.views.admission import WECHAT, admission_fields
from voting.views.ballot_page import ballot_context, list_context
from voting.views.device import is_in_wechat
from voting.views.proof import IMAGE, PLAIN


def picked_numbers(request: HttpRequest) -> list[int]:
    """Numbers named by `e` in the query or the form, in order, each as often as named, at most a hundred."""
    source = request.POST if request.method == "POST" else request.GET
    numbers = [int(text) for text in source.getlist("e") if text.isascii() and text.isdigit() and len(text) < 9]
    return numbers[: MOST_PICKS + 1]


def confirm_url(edition: Edition, numbers: Sequence[int]) -> str:
    """The page that checks this choice."""
    return reverse("voting:confirm", args=[edition.slug]) + "?" + "&".join(f"e={number}" for number in numbers)


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
    context |= list_context(request, found, at, filters, context["voter"], "tall")
    return render(request, "voting/vote.html", context)


@require_safe
@never_cache
def confirm(request: HttpRequest, edition: str) -> HttpResponse:
    """What will be cast, once more, with the form that casts it. Inside WeChat somebody new is vouched for on the way here."""
    found = get_public_edition(edition)
    by = request.GET.get("by", "")
    return confirm_page(request, found, picked_numbers(request), way=by if by in (IMAGE, PLAIN) else "")


def confirm_page(
    request: HttpRequest,
    edition: Edition,
    numbers: list[int],
    refusal: str = "",
    outcomes: Sequence[Outcome] = (),
    status: int = 200,
    way: str = "",
    ticket: str = "",
) -> HttpResponse:
    """The page with the choice kept; `refusal` says why the last try did not count, `outcomes` which entry was refused why."""
    at = clock.now()
    context = ballot_context(request, edition, at, numbers)
    if not numbers or (context["phase"] != OPEN and not refusal):
        return redirect("voting:vote", edition.slug)
    context |= admission_fields(request, edition, context["campaign"], context["voter"], way, at)
    if context.get("wechat_is_ready") and is_in_wechat(request) and not refusal:
        return redirect(reverse("voting:wechat-start", args=[edition.slug]) + "?" + "&".join(f"e={n}" for n in numbers))
    context |= {
        "rows": _rows(edition, numbers, outcomes),
        "refusal": refusal,
        "submission": request.POST.get("submission") or uuid4(),
        "ticket": ticket,
        "mobile": request.POST.get("mobile", ""),
        "here": confirm_url(edition, numbers),
        "mobile_masked": mask_mobile(ticket_mobile(ticket)) if ticket else "",
    }
    if context["asks"] == WECHAT:
        context["qr"] = qr_svg(request.build_absolute_uri(context["here"]), "在微信中打开本页的二维码")
    return render(request, "voting/confirm.html", context, status=status)


def _rows(edition: Edition, numbers: list[int], outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """Each chosen entry with the query that takes it off, and why it was refused."""
    chosen = public_entries(edition).filter(number__in=numbers).select_related("group")
    by_number = {entry.number: entry for entry in chosen.prefetch_related("applicants__organisation")}
    problems = {outcome.entry_id: outcome.message for outcome in outcomes if not outcome.is_accepted}
    return [
        {"entry": by_number[number], "without": _without(numbers, place), "problem": problems.get(by_number[number].pk, "")}
        for place, number in enumerate(numbers)
        if number in by_number
    ]


def _without(numbers: list[int], place: int) -> str:
    return "&".join(f"e={number}" for index, number in enumerate(numbers) if index != place)
