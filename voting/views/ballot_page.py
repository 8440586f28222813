"""What the pages of a vote share: the voter, what is picked, what is left, the list of entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from competitions.models import Edition
from entries.models import EntryApplicant
from voting.actions.open import ready_campaign
from voting.queries.board import Board, board
from voting.queries.campaign import OPEN, Campaign, find_campaign, vote_schedule
from voting.queries.gallery import SORTS, Filters, gallery_page, group_counts, industry_counts, order_seed
from voting.queries.voter import VoterDay, voter_day
from voting.queries.wording import renewal_words
from voting.views.device import Voter, identify

MOST_PIPS = 10


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
    request: HttpRequest, edition: Edition, at: datetime, filters: Filters, voter: Voter | None, size: int
) -> dict[str, Any]:
    """Variables: page_obj, rows, board, filters, chips, sorts, industries. A row: entry, lead, votes, state, toggle (the query
    that picks it or takes it off again)."""
    campaign = find_campaign(edition, at)
    page = gallery_page(
        edition,
        filters,
        seed=order_seed(voter.device_id if voter else None, at),
        page=request.GET.get("page"),
        size=size,
    )
    figures = board(edition, at, campaign.schedule if campaign else None)
    day = voter_day(campaign, voter.tag if voter else None, at) if campaign else None
    picked = [text for text in request.GET.getlist("e") if text.isdigit()]
    rows = [_row(request, entry, figures, day, campaign, picked, at) for entry in page.object_list]
    groups = group_counts(edition)
    return {
        "page_obj": page,
        "rows": rows,
        "board": figures,
        "filters": filters,
        "chips": _chips(request, groups, filters),
        "entry_total": sum(count for _, count in groups),
        "sorts": SORTS.items(),
        "industries": industry_counts(edition),
    }


def lead_name(applicants: Iterable[EntryApplicant]) -> str:
    """The leading organisation's name; with others it is "某某等 n 家单位". Organisations are loaded with the rows."""
    names = [row.organisation.name for row in sorted(applicants, key=lambda row: row.part != "lead")]
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{names[0]}等 {len(names)} 家单位"


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


def _chips(request: HttpRequest, groups: list[tuple[Any, int]], filters: Filters) -> list[dict[str, Any]]:
    def url(code: str) -> str:
        query = [(k, v) for k, values in request.GET.lists() if k not in ("group", "page") for v in values]
        return "?" + urlencode([*query, ("group", code)] if code else query)

    names = {group.name for group, _ in groups}
    whole = {"label": "全部", "url": url(""), "current": not filters.group, "count": sum(n for _, n in groups)}
    rest = [
        {"label": group.name, "url": url(group.code), "current": filters.group == group.code, "count": n}
        for group, n in groups
    ]
    return [whole, *rest] if len(names) > 1 else []
