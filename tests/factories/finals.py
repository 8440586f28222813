"""A final: a panel of judges and finalists of one group, all judges seeing all."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Edition, Round
from entries.models import Entry
from judging.models import Assignment, Panel, PanelSeat
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory, PanelFactory, PanelSeatFactory


@dataclass
class Final:
    round: Round
    panel: Panel
    seats: list[PanelSeat]
    entries: list[Entry]

    def assignment(self, seat: int, entry: int) -> Assignment:
        return Assignment.objects.get(seat=self.seats[seat], entry=self.entries[entry])


def build_final(edition: Edition, *, judges: int = 5, entries: int = 3) -> Final:
    """`judges` seats and `entries` finalists of the first group, each assigned to every seat."""
    round_ = edition.rounds.get(kind="final")
    panel = PanelFactory(round=round_, name="决赛评审组")
    seats = [PanelSeatFactory(panel=panel, number=number + 1) for number in range(judges)]
    finalists = [build_accepted_entry(edition, number + 1, short_name=f"项目{number + 1}") for number in range(entries)]
    for entry in finalists:
        for seat in seats:
            AssignmentFactory(seat=seat, entry=entry)
    return Final(round_, panel, seats, finalists)
