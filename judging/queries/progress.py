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
from judging.queries.marks import round_marks
from judging.queries.participants import round_entries
from judging.queries.round_row import RoundRow, round_rows

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
    """An entry of a panel with `seats`; `rows` has its assignments by primary key of the seat."""

    entry: Entry
    seats: list[PanelSeat]
    rows: dict[int, RoundRow] = field(default_factory=dict)
    divergence: Divergence | None = None

    @property
    def cells(self) -> list[tuple[PanelSeat, str, RoundRow | None]]:
        """For each seat one word, "" where it does not score the entry: empty, draft, locked, recused."""
        held = [(seat, self.rows.get(seat.pk)) for seat in self.seats]
        return [(seat, row.word if row else "", row) for seat, row in held]

    @property
    def due(self) -> int:
        return sum(1 for row in self.rows.values() if row.word in (states.EMPTY, states.DRAFT, states.LOCKED))

    @property
    def locked(self) -> int:
        return sum(1 for row in self.rows.values() if row.word == states.LOCKED)


@dataclass(frozen=True, slots=True)
class Progress:
    """The matrix of a round. `is_closed`: only then may the figures of divergences be shown; before, the organiser is told that
    an entry diverges, and no judge is."""

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
    sheet = getattr(row, "sheet", None) if row.state == states.ASSIGNED else None
    return states.sheet_word(row.state, sheet.state if sheet is not None else None)


def round_progress(round: Round, at: datetime) -> Progress:
    """Who has done how much of a round, in a fixed number of queries and without a mark."""
    panel = panel_seats(round)
    seats = {seat.pk: SeatProgress(seat) for seat in panel}
    entries = {entry.pk: EntryProgress(entry, panel) for entry in round_entries(round)}
    for row in round_rows(round):
        if row.entry_id in entries:
            seats[row.seat_id].counts[row.word] += 1
            entries[row.entry_id].rows[row.seat_id] = row
    return Progress(list(seats.values()), list(entries.values()), view_stage(round.stage, at).phase == CLOSED)


def find_divergences(round: Round, progress: Progress) -> None:
    """Fills in how far the judges of each entry are apart; while the round is open only where all its sheets are submitted.

    Until the close for the organiser alone: what a judge or the chief judge is shown never depends on marks before.
    """
    marks = round_marks(round)
    for line in progress.entries:
        if progress.is_closed or (line.due and line.locked == line.due):
            given = [mark for mark in marks[line.entry.pk].values() if mark is not None]
            line.divergence = divergence(given, round.spread_alarm, round.distance_alarm)
