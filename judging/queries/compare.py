"""A judge's own marks side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.rounding import exact_sum
from judging import states
from judging.models import Assignment, PanelSeat
from judging.queries.material import entry_title
from judging.queries.rubric import scored_criteria


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One entry: its marks in the order of the criteria (empty text where none is given) and their total so far."""

    assignment: Assignment
    title: str
    marks: list[str]
    total: Decimal | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The entries scored by one rubric; `heads` are (name, maximum)."""

    heads: list[tuple[str, str]]
    rows: list[OwnRow] = field(default_factory=list)


def own_marks(seat: PanelSeat) -> list[OwnTable]:
    """A table for each rubric with the entries of the seat that were begun, the highest total first."""
    round = seat.panel.round
    rows = Assignment.objects.filter(seat=seat, state=states.ASSIGNED, sheet__state__in=[states.DRAFT, states.LOCKED])
    loaded = rows.select_related("sheet", "entry__track", "entry__group").prefetch_related("entry__applicants__organisation", "entry__assets")
    tables: dict[int | None, tuple[list, OwnTable]] = {}
    for row in loaded:
        track = row.entry.track_id
        if track not in tables:
            criteria = scored_criteria(round, row.entry)
            heads = [(one.name, f"{one.max_score.normalize():f}") for one in criteria]
            tables[track] = criteria, OwnTable(heads)
        criteria, table = tables[track]
        marks = [row.sheet.draft.get(one.code, "") for one in criteria]
        points = [Decimal(mark) * one.weight for mark, one in zip(marks, criteria, strict=True) if mark]
        title = entry_title(row.entry, round.is_blind)
        total = exact_sum(points) if points else None
        table.rows.append(OwnRow(row, title, marks, total, all(marks)))
    for _, table in tables.values():
        table.rows.sort(key=lambda one: (-(one.total or 0), one.assignment.entry.number or 0))
    return [table for _, table in tables.values()]
