"""The rows of the board: groups in their order, in each the entries by number or by votes, in pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from competitions.models import Edition, Group
from entries.models import Entry
from voting.queries.board import Board
from voting.queries.gallery import Filters, filtered, lead_name, public_entries, with_leads

BOARD_PAGE = 50


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An entry with the name that leads it and its votes, None while the policy shows none."""

    entry: Entry
    lead: str
    votes: int | None


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The part of a group that stands on a page. `count`: its entries on all pages; `most`: the longest bar of the whole group."""

    group: Group | None
    rows: list[BoardRow]
    count: int
    most: int


def board_rows(edition: Edition, figures: Board, filters: Filters, *, page: str | None) -> Page[Any]:
    """One page, its `object_list` the BoardGroups on it. Three queries, a fourth while something is searched or narrowed."""
    order = ("group__track__position", "group__position", "number")
    found = list(public_entries(edition).order_by(*order).values_list("pk", "group_id"))
    most: dict[int | None, int] = {}
    for pk, group_id in found:
        most[group_id] = max(most.get(group_id, 1), figures.of(pk) or 0)
    if filters.search or filters.group:
        fitting = set(filtered(public_entries(edition), filters).values_list("pk", flat=True))
        found = [row for row in found if row[0] in fitting]
    counts = Counter(group_id for _, group_id in found)
    shown: Page[Any] = Paginator(_ranked(found, figures), BOARD_PAGE).get_page(page or 1)
    entries = {
        entry.pk: entry
        for entry in with_leads(Entry.objects.filter(pk__in=[pk for pk, _ in shown.object_list]))
    }
    groups: dict[int | None, BoardGroup] = {}
    for pk, group_id in shown.object_list:
        entry = entries[pk]
        part = groups.setdefault(group_id, BoardGroup(entry.group, [], counts[group_id], most[group_id]))
        part.rows.append(BoardRow(entry, lead_name(entry.applicants.all()), figures.of(pk)))
    shown.object_list = list(groups.values())
    return shown


def _ranked(found: list[tuple[int, int | None]], figures: Board) -> list[tuple[int, int | None]]:
    """Groups as they come; inside a group by votes once those are final, by the order of votes when the policy shows it alone."""
    places = {
        group_id: place for place, group_id in enumerate(dict.fromkeys(group_id for _, group_id in found))
    }
    if figures.is_final:
        return sorted(found, key=lambda row: (places[row[1]], -(figures.of(row[0]) or 0)))
    if figures.order:
        by_votes = {pk: place for place, pk in enumerate(figures.order)}
        return sorted(found, key=lambda row: (places[row[1]], by_votes.get(row[0], len(by_votes))))
    return found
