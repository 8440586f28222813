"""What an entrant is told about their own entry: every published round it stood in, step by step, and the judges' advice."""

from __future__ import annotations

from dataclasses import dataclass

from entries.models import Entry
from judging.models import ScoreSheetVersion
from judging.states import ASSIGNED, LOCKED
from results.models import Placing, RoundResult
from results.queries.breakdown import Breakdown, breakdown_of
from results.queries.standings import Standing, standings


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A round's published result as it concerns one entry: its row, how it came about (None: it was not ranked), how many
    were ranked in its group, and what judges wrote for the entrant, without saying who."""

    result: RoundResult
    row: Standing
    steps: Breakdown | None
    field: int
    advice: tuple[str, ...]


def own_results(entry: Entry) -> list[OwnResult]:
    """The results in force of the rounds the entry took part in, the last round first; empty before a publication."""
    published = RoundResult.objects.filter(placings__entry=entry, publication__isnull=False)
    newest: dict[int, RoundResult] = {}
    for result in published.select_related("round__edition", "round__stage", "publication").defer("record").order_by("version"):
        newest[result.round_id] = result
    ordered = sorted(newest.values(), key=lambda one: -one.round.position)
    return [_own(result, entry) for result in ordered]


def _own(result: RoundResult, entry: Entry) -> OwnResult:
    rows = standings(result)
    row = next(one for one in rows if one.placing.entry_id == entry.pk)
    placing: Placing = row.placing
    placing.result = result
    ranked = placing.place is not None
    return OwnResult(
        result=result,
        row=row,
        steps=breakdown_of(placing) if ranked else None,
        field=sum(one.group.pk == row.group.pk and one.placing.place is not None for one in rows),
        advice=_advice(result, entry),
    )


def _advice(result: RoundResult, entry: Entry) -> tuple[str, ...]:
    """What the counting sheets say to the entrant, in alphabetical order so that no order of seats shows."""
    versions = ScoreSheetVersion.objects.filter(
        sheet__state=LOCKED,
        sheet__assignment__state=ASSIGNED,
        sheet__assignment__entry=entry,
        sheet__assignment__seat__panel__round=result.round_id,
    )
    newest = {version.sheet_id: version.feedback.strip() for version in versions.order_by("number")}
    return tuple(sorted(text for text in newest.values() if text))
