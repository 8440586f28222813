"""Who could take an entry over from a judge."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from entries.models import Entry
from judging import states
from judging.models import Assignment, PanelSeat
from judging.pure.assignment import match_points, shared_ipc
from judging.queries.conflict import standing_conflicts
from judging.queries.expertise import judges_of, subjects_of


@dataclass(frozen=True, slots=True)
class Substitute:
    """A seat with its `load`, how well its field fits (`points`, `words`), and why it cannot take the entry (`bar`)."""

    seat: PanelSeat
    load: int
    points: int
    words: str
    bar: str


def substitutes(panel_id: int, entry: Entry, *, leaving: int | None = None) -> list[Substitute]:
    """The seats of the panel for an entry: those who can take it first, the best field first, then the lightest load.

    `leaving`: a seat that is left out, because it hands the entry over.
    """
    held = Count("assignments", filter=Q(assignments__state=states.ASSIGNED))
    seats = list(
        PanelSeat.objects.filter(panel=panel_id, is_present=True)
        .exclude(pk=leaving)
        .select_related("judge")
        .annotate(load=held)
        .order_by("number")
    )
    has_it = set(entry.assignments.filter(seat__in=seats, state=states.ASSIGNED).values_list("seat_id", flat=True))
    conflicts = standing_conflicts([entry], [seat.judge for seat in seats])
    [subject] = subjects_of([entry])
    found = []
    for seat, judge in zip(seats, judges_of(seats), strict=True):
        words = ["产业相符"] if entry.industry and entry.industry in judge.industries else []
        words += [f"IPC {'、'.join(shared)}"] if (shared := shared_ipc(judge, subject)) else []
        bar = "已分配这个项目" if seat.pk in has_it else conflicts.get((seat.judge_id, entry.pk), "")
        found.append(Substitute(seat, seat.load, match_points(judge, subject), "，".join(words), bar))
    return sorted(found, key=lambda one: (bool(one.bar), -one.points, one.load, one.seat.number))


def exchanges(assignment: Assignment) -> list[Assignment]:
    """Assignments of the panel that could be exchanged for this one: not begun, another judge and entry, no conflict."""
    rows = (
        Assignment.objects.filter(seat__panel=assignment.seat.panel_id, state=states.ASSIGNED, seat__is_present=True)
        .exclude(seat=assignment.seat_id)
        .exclude(entry=assignment.entry_id)
        .exclude(sheet__state__in=[states.DRAFT, states.LOCKED])
        .select_related("seat__judge", "entry")
        .order_by("seat__number", "entry__number")
    )
    listed = list(rows)
    judges = {row.seat.judge_id: row.seat.judge for row in listed}
    theirs = standing_conflicts([assignment.entry], judges.values())
    mine = standing_conflicts({row.entry_id: row.entry for row in listed}.values(), [assignment.seat.judge])
    has_it = set(assignment.entry.assignments.filter(state=states.ASSIGNED).values_list("seat_id", flat=True))
    has_theirs = set(assignment.seat.assignments.filter(state=states.ASSIGNED).values_list("entry_id", flat=True))
    return [
        row
        for row in listed
        if row.seat_id not in has_it
        and row.entry_id not in has_theirs
        and (row.seat.judge_id, assignment.entry_id) not in theirs
        and (assignment.seat.judge_id, row.entry_id) not in mine
    ]
