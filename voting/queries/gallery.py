"""Entries as the public finds them: by number, name, organisation, group and industry, in an order that favours nobody."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from competitions.models import Edition
from core.once import once
from entries import states
from entries.models import Entry, EntryApplicant
from entries.models.industry import INDUSTRIES

SHUFFLED, BY_NUMBER, BY_ASSETS = "shuffled", "number", "assets"
SORTS = {SHUFFLED: "随机排列", BY_NUMBER: "按编号", BY_ASSETS: "按专利数"}

HOURS_KEPT = 24
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
    """One page of entries, each with `asset_count` and `applicants` loaded. Three queries however many there are."""
    found = filtered(public_entries(edition), filters)
    if filters.sort == BY_ASSETS:
        ids = list(found.annotate(n=Count("assets", distinct=True)).order_by("-n", "number").values_list("pk", flat=True))
    else:
        numbered = list(found.order_by("number").values_list("pk", flat=True).distinct())
        ids = sorted(numbered, key=lambda pk: _place(seed, pk)) if filters.sort == SHUFFLED else numbered
    shown: Page[Any] = Paginator(ids, size).get_page(page or 1)
    rows = Entry.objects.filter(pk__in=list(shown.object_list)).annotate(asset_count=Count("assets"))
    by_id: dict[int, Any] = {entry.pk: entry for entry in with_leads(rows)}
    page_ids = list(shown.object_list)
    shown.object_list = [by_id[pk] for pk in page_ids]
    return shown


def shown_hour(asked: str, at: datetime) -> int:
    """The hour whose order a visitor without a token sees: the one their links carry for up to a day, else the present one."""
    hour = int(at.timestamp()) // 3600
    return int(asked) if asked.isascii() and asked.isdigit() and hour - HOURS_KEPT < int(asked[:9]) <= hour else hour


def order_seed(device_id: str | None, hour: int) -> str:
    """What the shuffled order follows: a voter's device; for others an hour, so that the pages of one visit agree."""
    return device_id or f"hour {hour}"


@dataclass(frozen=True, slots=True)
class Facets:
    """What the public entries can be narrowed by: groups (code, name, entries) in order, industries that occur (code, name,
    entries); `entries` and `assets` (patents) of all together."""

    groups: list[tuple[str, str, int]]
    industries: list[tuple[str, str, int]]
    entries: int
    assets: int


def facets(edition: Edition) -> Facets:
    """Counted in one query, once a page."""
    return once(("facets", edition.pk), lambda: _facets(edition))


def _facets(edition: Edition) -> Facets:
    by = ("industry", "group__track__position", "group__position", "group_id", "group__code", "group__name")
    rows = (
        public_entries(edition).order_by(*by[1:4]).values(*by).annotate(n=Count("pk", distinct=True), assets=Count("assets"))
    )
    groups: dict[int, tuple[str, str, int]] = {}
    industries: Counter[str] = Counter()
    assets = 0
    for row in rows:
        industries[row["industry"]] += row["n"]
        assets += row["assets"]
        if row["group_id"] is not None:
            counted = groups.get(row["group_id"], ("", "", 0))[2]
            groups[row["group_id"]] = (row["group__code"], row["group__name"], counted + row["n"])
    return Facets(
        groups=list(groups.values()),
        industries=[(code, name, industries[code]) for code, name in INDUSTRIES if industries[code]],
        entries=industries.total(),
        assets=assets,
    )


def with_leads(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with group, applicants and their organisations loaded, in two queries."""
    applicants = Prefetch("applicants", EntryApplicant.objects.select_related("organisation"))
    return entries.select_related("group").prefetch_related(applicants)


def filtered(found: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    """The entries that fit; one that fits twice may come twice."""
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


def lead_name(applicants: Iterable[EntryApplicant]) -> str:
    """The leading organisation's name; with others it is "某某等 n 家单位". Organisations are loaded with the rows."""
    names = [row.organisation.name for row in sorted(applicants, key=lambda row: row.part != "lead")]
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{names[0]}等 {len(names)} 家单位"
