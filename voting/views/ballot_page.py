"""What the pages of a vote share: the voter, what is picked, what is left, the list of entries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest

from competitions.models import Edition
from voting.actions.open import ready_campaign
from voting.queries.board import Board, board
from voting.queries.campaign import OPEN, Campaign, find_campaign, vote_schedule
from voting.queries.gallery import (
    SHUFFLED,
    SORTS,
    Facets,
    Filters,
    facets,
    gallery_page,
    lead_name,
    order_seed,
    shown_hour,
)
from voting.queries.voter import VoterDay, voter_day
from voting.queries.wording import renewal_words
from voting.views.device import Voter, identify
from voting.views.pictures import cover_of

MOST_PIPS = 10
PER_PAGE = {"wide": 12, "tall": 20}


def ballot_context(request: HttpRequest, edition: Edition, at: datetime, picked: list[int]) -> dict[str, Any]:
    """Variables: edition, at, schedule, phase (none, upcoming, delayed, open, paused, closed), campaign, voter, day (VoterDay or
    None), picked (numbers), pips, hint, renewal, rule_sentence."""
    campaign = ready_campaign(edition, at)
    voter = identify(request, edition, campaign, at)
    schedule = campaign.schedule if campaign else vote_schedule(edition)
    day = voter_day(campaign, voter.tag if voter else None, at) if campaign else None
    return {
        "edition": edition,
        "at": at,
        "schedule": schedule,
        "phase": schedule.phase(at) if schedule else "none",
        "campaign": campaign,
        "voter": voter,
        "day": day,
        "picked": picked,
        "pips": pips(day, len(picked)),
        "hint": hint(day, len(picked)),
        "renewal": renewal_words(day.rule) if day else "",
        "rule_sentence": day.rule.sentence() if day else "",
    }


def list_context(
    request: HttpRequest, edition: Edition, at: datetime, filters: Filters, voter: Voter | None, shape: str
) -> dict[str, Any]:
    """Variables: page_obj, rows, board, filters, chips, sorts, industries. A row: entry, lead, cover, votes, state, toggle (the
    query that picks it or takes it off again). `shape` is that of the covers, wide or tall.

    A visitor without a token gets the hour of the order into every link of the page (the parameter o): the next page, a filter or
    a pick must not shuffle anew when the hour turns.
    """
    hour = shown_hour(request.GET.get("o", ""), at)
    if voter is None and filters.sort == SHUFFLED:
        query = request.GET.copy()
        query["o"] = str(hour)
        cast(Any, request).GET = query
    campaign = find_campaign(edition, at)
    page = gallery_page(
        edition,
        filters,
        seed=order_seed(voter.device_id if voter else None, hour),
        page=request.GET.get("page"),
        size=PER_PAGE[shape],
    )
    figures = board(edition, at, campaign.schedule if campaign else None)
    day = voter_day(campaign, voter.tag if voter else None, at) if campaign else None
    picked = [text for text in request.GET.getlist("e") if text.isdigit()]
    rows = [
        {**_row(request, entry, figures, day, campaign, picked, at), "cover": cover_of(edition, entry, shape)}
        for entry in page.object_list
    ]
    counted = facets(edition)
    return {
        "page_obj": page,
        "rows": rows,
        "board": figures,
        "filters": filters,
        "chips": group_chips(request, counted, filters),
        "entry_total": counted.entries,
        "sorts": SORTS.items(),
        "industries": counted.industries,
    }


def pips(day: VoterDay | None, picked: int) -> list[str]:
    """One leaf a vote of the period: used, on (picked), or nothing; none where a single number does not say it."""
    if day is None or day.left is None or day.rule.limit > MOST_PIPS:
        return []
    states = ["used"] * day.used + ["on"] * picked
    return [*states, *[""] * day.rule.limit][: day.rule.limit]


def hint(day: VoterDay | None, picked: int) -> str:
    """What is still possible, after the number picked."""
    if day is None or day.left is None:
        return ""
    if day.left == 0:
        return f"，票已用完，{renewal_words(day.rule)}"
    rest = max(day.left - picked, 0)
    return f"，还可再选 {rest} 个" if picked else f"，还可投 {rest} 票"


def _row(
    request: HttpRequest,
    entry: Any,
    figures: Board,
    day: VoterDay | None,
    campaign: Campaign | None,
    picked: list[str],
    at: datetime,
) -> dict[str, Any]:
    number = str(entry.number)
    state = "shut"
    if campaign is not None and entry.pk in campaign.entries and campaign.phase(at) == OPEN:
        state = "voted" if day and day.is_done_with(entry.pk) else "picked" if number in picked else "free"
    rest = [one for one in picked if one != number]
    query = [(key, value) for key, values in request.GET.lists() if key != "e" for value in values]
    toggled = rest if state == "picked" else [*picked, number]
    return {
        "entry": entry,
        "lead": lead_name(entry.applicants.all()),
        "votes": figures.of(entry.pk),
        "state": state,
        "toggle": urlencode([*query, *[("e", one) for one in toggled]]),
    }


def group_chips(request: HttpRequest, counted: Facets, filters: Filters) -> list[dict[str, Any]]:
    """The groups as components/chips.html takes them; none where there is one name only."""

    def url(code: str) -> str:
        query = [(k, v) for k, values in request.GET.lists() if k not in ("group", "page") for v in values]
        return "?" + urlencode([*query, ("group", code)] if code else query)

    groups = counted.groups
    whole = {
        "label": "全部",
        "url": url(""),
        "current": not filters.group,
        "count": sum(count for *_, count in groups),
    }
    rest = [
        {"label": name, "url": url(code), "current": filters.group == code, "count": count} for code, name, count in groups
    ]
    return [whole, *rest] if len({name for _, name, _ in groups}) > 1 else []
