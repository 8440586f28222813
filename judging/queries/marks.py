"""The marks of a round as the results take them, and what is still missing. Never shown to a judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.urls import reverse

from competitions.models import Round
from core.errors import Reason
from core.once import once
from core.rounding import exact_decimal
from entries.models import Entry
from judging import states
from judging.models import Assignment, CriterionScore, ScoreSheetVersion
from judging.queries.participants import round_entries

Marks = dict[int, dict[str, Decimal | None]]


def round_marks(round: Round) -> Marks:
    """entry pk → seat label ("评委 07") → the exact total of the submitted sheet, for every participant of the round.

    None for a judge who recused, was absent or has not submitted: it is left out of every mean, never a zero.
    Withdrawn assignments do not appear.
    """
    totals = {sheet: version.total for sheet, version in _counting_versions(round).items()}
    found: Marks = {entry.pk: {} for entry in round_entries(round)}
    for row in round_rows(round):
        if row.entry_id in found:
            total = totals.get(row.pk) if row.state == states.ASSIGNED else None
            found[row.entry_id][row.seat.label] = None if total is None else exact_decimal(total)
    return found


def criterion_marks(round: Round) -> dict[int, dict[str, dict[str, Decimal]]]:
    """entry pk → seat label → criterion code → score, of the sheets `round_marks` counts."""
    versions = {version.pk: version for version in _counting_versions(round).values()}
    scores = CriterionScore.objects.filter(version__in=versions).select_related("criterion").order_by("pk")
    found: dict[int, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for score in scores:
        row = versions[score.version_id].sheet.assignment
        found[row.entry_id][row.seat.label][score.criterion.code] = exact_decimal(score.score)
    return {entry: dict(seats) for entry, seats in found.items()}


def is_round_complete(round: Round, *, unranked: Collection[int] = ()) -> list[Reason]:
    """Why the round cannot be computed yet, each seat with its missing sheets by number; empty when it can.

    Not waited for: judges marked absent, entrants revealed with a reason for the missing sheets, and entries that go on
    `unranked` (primary keys).
    """
    entries = [entry for entry in round_entries(round) if entry.pk not in unranked]
    url = reverse("judging:progress", args=[round.edition.slug, round.kind])
    if not entries:
        return [Reason("no_participants", f"“{round.name}”还没有参评项目。", url=url)]
    locked = set(_counting_versions(round))
    rows = round_rows(round)
    return [*_missing_sheets(round, entries, rows, locked, url), *_unmarked(entries, rows, locked, url)]


def _missing_sheets(round: Round, entries: list[Entry], rows: list[Assignment], locked: set[int], url: str) -> list[Reason]:
    codes = {entry.pk: entry.code for entry in entries}
    forgiven = set(round.slots.exclude(override_reason="").values_list("entry_id", flat=True))
    missing: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        is_due = row.state == states.ASSIGNED and row.seat.is_present and row.entry_id not in forgiven
        if is_due and row.entry_id in codes and row.pk not in locked:
            missing[row.seat.label].append(codes[row.entry_id])
    return [
        Reason("sheet_missing", f"{label}还有 {len(of)} 份评分未提交：{'、'.join(sorted(of))} 号。", url=url)
        for label, of in sorted(missing.items())
    ]


def _unmarked(entries: list[Entry], rows: list[Assignment], locked: set[int], url: str) -> list[Reason]:
    """Entries nobody is going to mark: without an assignment, or with recusals and absences alone."""
    marked = {row.entry_id for row in rows if row.state == states.ASSIGNED and (row.pk in locked or row.seat.is_present)}
    codes = [entry.code for entry in entries if entry.pk not in marked]
    if not codes:
        return []
    return [Reason("entry_unmarked", f"有 {len(codes)} 个项目没有评委评分：{'、'.join(codes)} 号。", url=url)]


def round_rows(round: Round) -> list[Assignment]:
    """The assignments of the round that stand or were recused, with seat and sheet (without its draft), read once a page."""
    rows = Assignment.objects.filter(seat__panel__round=round).exclude(state=states.WITHDRAWN)
    loaded = rows.select_related("seat", "sheet").defer("sheet__draft").order_by("seat__number", "entry__number")
    return once(("assignments", round.pk), lambda: list(loaded))


def _counting_versions(round: Round) -> dict[int, ScoreSheetVersion]:
    """assignment pk → the version that counts: the last of a locked sheet of an assignment that stands."""

    def ask() -> dict[int, ScoreSheetVersion]:
        versions = ScoreSheetVersion.objects.filter(
            sheet__state=states.LOCKED,
            sheet__assignment__state=states.ASSIGNED,
            sheet__assignment__seat__panel__round=round,
        )
        ordered = versions.select_related("sheet__assignment__seat").order_by("number")
        return {version.sheet.assignment_id: version for version in ordered}

    return once(("versions", round.pk), ask)
