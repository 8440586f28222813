"""Who would score what: the computed assignment before it is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from competitions.models import Round
from core.canonical import canonical_json, sha256_hex
from entries.models import Entry
from judging.models import PanelSeat
from judging.pure.assignment import assign_judges
from judging.queries.conflict import all_conflicts
from judging.queries.participants import participants


@dataclass(frozen=True, slots=True)
class Proposal:
    """A computed assignment: for each entry its seats. `digest` names it, so that what is confirmed is what was seen."""

    seats: list[PanelSeat]
    rows: list[tuple[Entry, list[PanelSeat]]]
    conflicts: dict[tuple[int, int], str]
    digest: str

    @property
    def loads(self) -> list[tuple[PanelSeat, int]]:
        """Every seat with the number of entries it would get."""
        counted = Counter(seat.pk for _, seats in self.rows for seat in seats)
        return [(seat, counted[seat.pk]) for seat in self.seats]


def panel_seats(round: Round) -> list[PanelSeat]:
    """The seats of the round by number, with their judges."""
    return list(PanelSeat.objects.filter(panel__round=round).select_related("judge", "panel").order_by("number"))


def propose_assignment(round: Round, seed: str, cap: int | None = None) -> Proposal:
    """The assignment `seed` gives for the seats, participants and conflicts of this moment; nothing is written.

    `cap`: most entries a judge takes. Raises the pure layer's `Fault` with the reason when it cannot be made.
    """
    seats = panel_seats(round)
    entries = {entry.code: entry for entry in participants(round)}
    by_label = {seat.label: seat for seat in seats}
    conflicts = all_conflicts([entry.pk for entry in entries.values()], [seat.judge_id for seat in seats])
    codes = {entry.pk: code for code, entry in entries.items()}
    labels = {seat.judge_id: seat.label for seat in seats}
    banned = [(labels[judge], codes[entry]) for judge, entry in conflicts]
    found = assign_judges(
        list(entries), list(by_label), round.judges_per_entry, conflicts=banned, cap=cap, seed=seed
    ) if entries and seats else {}
    rows = [(entries[code], [by_label[label] for label in sorted(labels_)]) for code, labels_ in sorted(found.items())]
    digest = sha256_hex(canonical_json({code: sorted(labels_) for code, labels_ in found.items()}))
    return Proposal(seats, rows, conflicts, digest)
