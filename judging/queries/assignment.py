"""Who would score what: the computed assignment before it is written, and why each pair was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from competitions.models import Round
from core.canonical import canonical_json, sha256_hex
from core.once import once
from entries.models import Entry
from judging import states
from judging.assignment_solver import assign_judges
from judging.models import Assignment, PanelSeat
from judging.pure.assignment import Demand, Pair, match_points, shared_ipc
from judging.queries.conflict import standing_conflicts
from judging.queries.expertise import judges_of, subjects_of
from judging.queries.participants import participants


@dataclass(frozen=True, slots=True)
class Pick:
    """A seat for an entry. `reasons`: what speaks for the pair, in words; `is_begun`: the sheet was begun, it stays."""

    seat: PanelSeat
    reasons: list[str]
    is_fit: bool
    is_begun: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A computed assignment: for each entry its picks. `digest` names it, so that what is confirmed is what was seen.

    `dropped`: pairs (seat label, entry code) assigned now that would be taken back. `is_rebalancing`: sheets were begun.
    """

    seats: list[PanelSeat]
    rows: list[tuple[Entry, list[Pick]]]
    conflicts: dict[tuple[int, int], str]
    dropped: list[Pair]
    is_rebalancing: bool
    digest: str

    @property
    def loads(self) -> list[tuple[PanelSeat, int]]:
        """Every seat with the number of entries it would get."""
        counted = Counter(pick.seat.pk for _, picks in self.rows for pick in picks)
        return [(seat, counted[seat.pk]) for seat in self.seats]

    @property
    def fitting(self) -> int:
        """Entries with at least one judge of their field."""
        return sum(1 for _, picks in self.rows if any(pick.is_fit for pick in picks))

    @property
    def added(self) -> int:
        return sum(1 for _, picks in self.rows for pick in picks if pick.is_new)

    @property
    def sheets(self) -> int:
        return sum(len(picks) for _, picks in self.rows)


def panel_seats(round: Round) -> list[PanelSeat]:
    """The seats of the round by number, with their judges."""
    seats = PanelSeat.objects.filter(panel__round=round).select_related("judge__judge_profile", "panel").order_by("number")
    return once(("seats", round.pk), lambda: list(seats))


def propose_assignment(
    round: Round, seed: str, cap: int | None = None, calibration: Iterable[Entry] = ()
) -> Proposal:
    """The assignment `seed` gives for the present judges, participants and conflicts of this moment; nothing is written.

    `cap`: most entries a judge takes; `calibration`: entries all judges score. Sheets that were begun stay, and then
    the rest moves as little as can be. Raises the pure layer's `Fault` with the reason when it cannot be made.
    """
    seats = [seat for seat in panel_seats(round) if seat.is_present]
    entries = {entry.code: entry for entry in participants(round).prefetch_related("assets")}
    conflicts = standing_conflicts(entries.values(), [seat.judge for seat in seats])
    demand = _demand(round, seats, entries, conflicts)
    demand = replace(demand, cap=cap, seed=seed, everyone=frozenset(one.code for one in calibration))
    held, demand = demand.held, demand if demand.fixed else replace(demand, held=frozenset())
    found = assign_judges(demand)
    by_label = {seat.label: seat for seat in seats}
    rows = [
        (entries[code], [_pick(demand, held, by_label[label], code) for label in labels])
        for code, labels in sorted(found.items())
    ]
    made = {(label, code) for code, labels in found.items() for label in labels}
    return Proposal(
        seats=seats,
        rows=rows,
        conflicts=conflicts,
        dropped=sorted(held - made) if found else [],
        is_rebalancing=bool(demand.fixed),
        digest=sha256_hex(canonical_json({code: sorted(labels) for code, labels in found.items()})),
    )


def _demand(
    round: Round, seats: list[PanelSeat], entries: dict[str, Entry], conflicts: dict[tuple[int, int], str]
) -> Demand:
    codes = {entry.pk: code for code, entry in entries.items()}
    labels = {seat.judge_id: seat.label for seat in seats}
    rows = Assignment.objects.filter(seat__in=seats, entry_id__in=codes, state=states.ASSIGNED).select_related("seat", "sheet")
    held = {(row.seat.label, codes[row.entry_id]): row for row in rows}
    begun = [pair for pair, row in held.items() if getattr(row, "sheet", None) and row.sheet.state != states.EMPTY]
    return Demand(
        judges=judges_of(seats),
        entries=subjects_of(entries.values()),
        per_entry=round.judges_per_entry,
        conflicts=frozenset((labels[judge], codes[entry]) for judge, entry in conflicts),
        fixed=frozenset(begun),
        held=frozenset(held),
    )


def _pick(demand: Demand, held: frozenset[Pair], seat: PanelSeat, code: str) -> Pick:
    judge = next(one for one in demand.judges if one.label == seat.label)
    entry = next(one for one in demand.entries if one.code == code)
    pair = (seat.label, code)
    reasons = ["已开始评"] if pair in demand.fixed else []
    if code in demand.everyone:
        reasons.append("校准项目")
    if entry.industry and entry.industry in judge.industries:
        reasons.append("产业相符")
    if shared := shared_ipc(judge, entry):
        reasons.append(f"IPC {'、'.join(shared)}")
    is_fit = match_points(judge, entry) > 0
    return Pick(seat, reasons or ["均衡"], is_fit, pair in demand.fixed, pair not in held)
