"""How far the judges are. Nothing here tells a mark before the round has closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from competitions.models import Round
from competitions.pure.window import CLOSED
from competitions.queries.schedule import view_stage
from entries.models import Entry
from judging import states
from judging.models import Assignment, PanelSeat
from judging.pure.divergence import Divergence, divergence
from judging.queries.assignment import panel_seats
from judging.queries.marks import round_marks, round_rows
from judging.queries.participants import round_entries

RECUSED = states.RECUSED


@dataclass(slots=True)
class SeatProgress:
    """A seat with its counts: `due` sheets, of them `locked`, `draft` and `empty`; `recused` are not due."""

    seat: PanelSeat
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def due(self) -> int:
        return self.locked + self.draft + self.empty

    @property
    def locked(self) -> int:
        return self.counts[states.LOCKED]

    @property
    def draft(self) -> int:
        return self.counts[states.DRAFT]

    @property
    def empty(self) -> int:
        return self.counts[states.EMPTY]

    @property
    def recused(self) -> int:
        return self.counts[RECUSED]

    @property
    def missing(self) -> int:
        return self.draft + self.empty


@dataclass(slots=True)
class EntryProgress:
    """An entry; `cells` has one word per seat: "", empty, draft, locked, recused."""

    entry: Entry
    cells: list[tuple[PanelSeat, str, Assignment | None]] = field(default_factory=list)
    divergence: Divergence | None = None

    @property
    def due(self) -> int:
        return sum(1 for _, word, _row in self.cells if word in (states.EMPTY, states.DRAFT, states.LOCKED))

    @property
    def locked(self) -> int:
        return sum(1 for _, word, _row in self.cells if word == states.LOCKED)


@dataclass(frozen=True, slots=True)
class Progress:
    """The matrix of a round. Divergences are filled in where every sheet of an entry is submitted. `is_closed`: only then
    may their figures be shown; before, the organiser is told that an entry diverges, and no judge is."""

    seats: list[SeatProgress]
    entries: list[EntryProgress]
    is_closed: bool

    @property
    def due(self) -> int:
        return sum(one.due for one in self.seats)

    @property
    def locked(self) -> int:
        return sum(one.locked for one in self.seats)

    @property
    def recused(self) -> int:
        return sum(one.recused for one in self.seats)

    @property
    def wide(self) -> list[EntryProgress]:
        """Entries whose judges disagree widely, the widest first."""
        found = [one for one in self.entries if one.divergence is not None and one.divergence.is_wide]
        return sorted(found, key=lambda one: -one.divergence.spread if one.divergence else 0)


def word_of(row: Assignment) -> str:
    """empty, draft, locked, recused or withdrawn. `row.sheet` may be loaded."""
    if row.state != states.ASSIGNED:
        return row.state
    sheet = getattr(row, "sheet", None)
    return sheet.state if sheet is not None else states.EMPTY


def round_progress(round: Round, at: datetime, *, with_alarms: bool = False) -> Progress:
    """Who has done how much of a round, in a fixed number of queries.

    `with_alarms`: while the round is open, find the entries whose submitted marks diverge. For the organiser alone: what a
    judge or the chief judge is shown never depends on marks before the close.
    """
    seats = {seat.pk: SeatProgress(seat) for seat in panel_seats(round)}
    entries = {entry.pk: EntryProgress(entry) for entry in round_entries(round)}
    held: dict[tuple[int, int], Assignment] = {}
    for row in round_rows(round):
        if row.entry_id in entries:
            seats[row.seat_id].counts[word_of(row)] += 1
            held[row.seat_id, row.entry_id] = row
    for key, line in entries.items():
        for one in seats.values():
            found = held.get((one.seat.pk, key))
            line.cells.append((one.seat, word_of(found) if found else "", found))
    is_closed = view_stage(round.stage, at).phase == CLOSED
    for key, marks in (round_marks(round) if is_closed or with_alarms else {}).items():
        line = entries[key]
        if is_closed or (line.due and line.locked == line.due):
            given = [mark for mark in marks.values() if mark is not None]
            line.divergence = divergence(given, round.spread_alarm, round.distance_alarm)
    return Progress(list(seats.values()), list(entries.values()), is_closed)
