"""The marks of a round as the results take them, and what is still missing. Never shown to a judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.urls import reverse

from competitions.models import Round
from core.errors import Reason
from core.rounding import exact_decimal
from entries.pure.entry_code import entry_code
from judging import states
from judging.models import CriterionScore
from judging.queries.participants import forgiven_ids, participants, round_entries
from judging.queries.round_row import RoundRow, counting_versions, round_rows

Marks = dict[int, dict[str, Decimal | None]]


def round_marks(round: Round) -> Marks:
    """entry pk → seat label ("评委 07") → the exact total of the submitted sheet, for every participant of the round.

    None for a judge who recused, was absent or has not submitted: it is left out of every mean, never a zero.
    Withdrawn assignments do not appear.
    """
    versions = counting_versions(round)
    found: Marks = {entry.pk: {} for entry in round_entries(round)}
    for row in round_rows(round):
        if row.entry_id in found:
            version = versions.get(row.pk)
            found[row.entry_id][row.label] = None if version is None else exact_decimal(version.total)
    return found


def criterion_marks(round: Round) -> dict[int, dict[str, dict[str, Decimal]]]:
    """entry pk → seat label → criterion code → score, of the sheets `round_marks` counts."""
    versions = counting_versions(round)
    rows = {versions[row.pk].pk: row for row in round_rows(round) if row.pk in versions}
    scores = CriterionScore.objects.filter(version__sheet__assignment__seat__panel__round=round).order_by("pk")
    found: dict[int, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for version, code, score in scores.values_list("version_id", "criterion__code", "score"):
        if row := rows.get(version):
            found[row.entry_id][row.label][code] = exact_decimal(score)
    return {entry: dict(seats) for entry, seats in found.items()}


def is_round_complete(round: Round, *, unranked: Collection[int] = ()) -> list[Reason]:
    """Why the round cannot be computed yet, each seat with its missing sheets by number; empty when it can.

    Not waited for: judges marked absent, entrants revealed with a reason for the missing sheets, and entries that go on
    `unranked` (primary keys).
    """
    numbers = participants(round).exclude(pk__in=unranked).values_list("pk", "number")
    codes = {entry: entry_code(number) for entry, number in numbers}
    url = reverse("judging:progress", args=[round.edition.slug, round.kind])
    if not codes:
        return [Reason("no_participants", f"“{round.name}”还没有参评项目。", url=url)]
    locked = set(counting_versions(round))
    rows = round_rows(round)
    return [*_missing_sheets(round, codes, rows, locked, url), *_unmarked(codes, rows, locked, url)]


def _missing_sheets(round: Round, codes: dict[int, str], rows: list[RoundRow], locked: set[int], url: str) -> list[Reason]:
    forgiven = forgiven_ids(round)
    missing: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        is_due = row.state == states.ASSIGNED and row.is_present and row.entry_id not in forgiven
        if is_due and row.entry_id in codes and row.pk not in locked:
            missing[row.label].append(codes[row.entry_id])
    return [
        Reason("sheet_missing", f"{label}还有 {len(of)} 份评分未提交：{'、'.join(sorted(of))} 号。", url=url)
        for label, of in sorted(missing.items())
    ]


def _unmarked(codes: dict[int, str], rows: list[RoundRow], locked: set[int], url: str) -> list[Reason]:
    """Entries nobody is going to mark: without an assignment, or with recusals and absences alone."""
    marked = {row.entry_id for row in rows if row.state == states.ASSIGNED and (row.pk in locked or row.is_present)}
    left = [code for entry, code in codes.items() if entry not in marked]
    if not left:
        return []
    return [Reason("entry_unmarked", f"有 {len(left)} 个项目没有评委评分：{'、'.join(left)} 号。", url=url)]
