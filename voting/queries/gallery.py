"""Entries as the public finds them: by number, name, organisation, group and industry, in an order that favours nobody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from competitions.models import Edition, Group
from core import clock
from entries import states
from entries.models import Entry
from entries.models.industry import INDUSTRIES

SHUFFLED, BY_NUMBER, BY_ASSETS = "shuffled", "number", "assets"
SORTS = {SHUFFLED: "随机排列", BY_NUMBER: "按编号", BY_ASSETS: "按专利数"}

NUMBER_DIGITS = 4
"""A search of that few digits and nothing else means the entry's number."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor asked for; unknown values are as good as none."""

    search: str = ""
    group: str = ""
    industry: str = ""
    sort: str = SHUFFLED

    @classmethod
    def from_query(cls, query: dict[str, str]) -> Filters:
        sort = query.get("sort", "")
        industry = query.get("industry", "")
        return cls(
            search=query.get("q", "").strip()[:60],
            group=query.get("group", "")[:24],
            industry=industry if industry in dict(INDUSTRIES) else "",
            sort=sort if sort in SORTS else SHUFFLED,
        )


def public_entries(edition: Edition) -> QuerySet[Entry]:
    """Accepted entries whose applicant agreed to public display."""
    return Entry.objects.filter(edition=edition, state=states.ACCEPTED, is_display_consented=True)


def gallery_page(edition: Edition, filters: Filters, *, seed: str, page: str | None, size: int) -> Page[Any]:
    """One page of entries, each with `asset_count` and `applicants` loaded. Four queries however many there are."""
    found = _filtered(public_entries(edition), filters)
    if filters.sort == BY_ASSETS:
        ids = list(found.annotate(n=Count("assets", distinct=True)).order_by("-n", "number").values_list("pk", flat=True))
    else:
        numbered = list(found.order_by("number").values_list("pk", flat=True).distinct())
        ids = sorted(numbered, key=lambda pk: _place(seed, pk)) if filters.sort == SHUFFLED else numbered
    shown: Page[Any] = Paginator(ids, size).get_page(page or 1)
    rows = Entry.objects.filter(pk__in=list(shown.object_list)).annotate(asset_count=Count("assets"))
    by_id: dict[int, Any] = {entry.pk: entry for entry in rows.select_related("group").prefetch_related("applicants__organisation")}
    page_ids = list(shown.object_list)
    shown.object_list = [by_id[pk] for pk in page_ids]
    return shown


def order_seed(device_id: str | None, at: datetime) -> str:
    """What the shuffled order follows: a voter's device; for others the hour, so that pages of one visit agree."""
    return device_id or f"{clock.local(at):%Y-%m-%d %H}"


def group_counts(edition: Edition) -> list[tuple[Group, int]]:
    """Groups of the edition with their number of public entries, in order; empty ones left out."""
    public = Q(entries__state=states.ACCEPTED, entries__is_display_consented=True)
    groups = Group.objects.filter(track__edition=edition).annotate(n=Count("entries", filter=public))
    return [(group, group.n) for group in groups.order_by("track__position", "position") if group.n]


def industry_counts(edition: Edition) -> list[tuple[str, str, int]]:
    """Industries that occur: code, name, number of public entries."""
    counts = dict(public_entries(edition).order_by().values_list("industry").annotate(n=Count("pk")))
    return [(code, name, counts[code]) for code, name in INDUSTRIES if counts.get(code)]


def asset_total(edition: Edition) -> int:
    """Patents of all public entries together."""
    return public_entries(edition).aggregate(n=Count("assets"))["n"]


def _filtered(found: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    search = filters.search
    if search.isascii() and search.isdigit() and len(search) <= NUMBER_DIGITS:
        found = found.filter(number=int(search))
    elif search:
        found = found.filter(Q(title__icontains=search) | Q(organisations__name__icontains=search))
    if filters.group:
        found = found.filter(group__code=filters.group)
    if filters.industry:
        found = found.filter(industry=filters.industry)
    return found


def _place(seed: str, pk: int) -> bytes:
    return hashlib.sha256(f"{seed} {pk}".encode()).digest()
