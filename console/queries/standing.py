"""The entries of an edition in figures: states, fields, groups, organisations, patents."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from competitions.models import Edition, Group
from console.queries.waiting import TO_EXAMINE
from entries import states
from entries.models import Entry
from entries.models.industry import INDUSTRIES

CSS = ("c1", "c2", "c3", "c4", "c5", "c6")
NAMES = dict(INDUSTRIES)
NARROWEST = 4  # per cent of the longest bar: a narrower part has no room for its figure


@dataclass(frozen=True, slots=True)
class Standing:
    """Entries by state; the accepted ones by (industry, group)."""

    by_state: Counter[str]
    by_field: dict[str, Counter[int | None]]

    def in_state(self, *wanted: str) -> int:
        return sum(self.by_state[state] for state in wanted)

    @property
    def accepted(self) -> int:
        return self.by_state[states.ACCEPTED]

    @property
    def to_examine(self) -> int:
        return self.in_state(*TO_EXAMINE)

    @property
    def filed(self) -> int:
        """Entries that were ever handed in: all but the drafts. 份申报."""
        return self.by_state.total() - self.by_state[states.DRAFT]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: `parts` with x, width and middle in per cent of the longest bar, css and count (`is_wide`: the figure has room in
    it); `counts` in the order of the groups."""

    name: str
    total: int
    counts: list[int]
    parts: list[dict[str, object]]
    summary: str


@dataclass(frozen=True, slots=True)
class FieldChart:
    """Fields × groups of the accepted entries. `groups`: (name, css, count); `most` is the longest bar."""

    groups: list[dict[str, object]]
    rows: list[FieldRow]
    most: int


def standing(edition: Edition) -> Standing:
    """The count of everything, in one query."""
    rows = Entry.objects.filter(edition=edition).order_by()
    by_state: Counter[str] = Counter()
    by_field: dict[str, Counter[int | None]] = defaultdict(Counter)
    for state, industry, group, count in rows.values_list("state", "industry", "group").annotate(n=Count("pk")):
        by_state[state] += count
        if state == states.ACCEPTED:
            by_field[industry][group] += count
    return Standing(by_state, dict(by_field))


def portfolio(edition: Edition) -> dict[str, int]:
    """Of the accepted entries: `organisations` that lead or join one, each once, and `assets`, the patents they list."""
    accepted = Entry.objects.filter(edition=edition, state=states.ACCEPTED)
    organisations, assets = Count("applicants__organisation", distinct=True), Count("assets", distinct=True)
    return accepted.order_by().aggregate(organisations=organisations, assets=assets)


def field_chart(edition: Edition, found: Standing) -> FieldChart:
    """The bars of the dashboard, the field with most entries first."""
    groups = list(Group.objects.filter(track__edition=edition).order_by("track__position", "position", "pk"))
    css = {group.pk: CSS[place % len(CSS)] for place, group in enumerate(groups)}
    most = max((counts.total() for counts in found.by_field.values()), default=0)
    rows = [_row(industry, counts, groups, css, most) for industry, counts in found.by_field.items()]
    legend: list[dict[str, object]] = []
    for group in groups:
        count = sum(counts[group.pk] for counts in found.by_field.values())
        legend.append({"name": group.name, "label": f"{group.name} {count}", "css": css[group.pk]})
    rows.sort(key=lambda row: (-row.total, row.name))
    return FieldChart(legend, rows, most)


def _row(industry: str, counts: Counter[int | None], groups: list[Group], css: dict[int, str], most: int) -> FieldRow:
    parts: list[dict[str, object]] = []
    start = 0
    for group in groups:
        if counts[group.pk]:
            count = counts[group.pk]
            x, width, middle = (f"{100 * share / most:.2f}" for share in (start, count, start + count / 2))
            is_wide = 100 * count >= NARROWEST * most
            parts.append({"x": x, "width": width, "middle": middle, "css": css[group.pk], "count": count, "is_wide": is_wide})
            start += count
    name = NAMES.get(industry, "未填写领域")
    written = "，".join(f"{group.name} {counts[group.pk]} 个" for group in groups if counts[group.pk])
    return FieldRow(name, counts.total(), [counts[group.pk] for group in groups], parts, f"{name}：{written}")
