"""What the public learns of cases after the final tally: numbers per entry and reason, never who or how it was found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from competitions.models import Edition
from core.memory import Memory
from entries.pure.entry_code import entry_code
from voting.models import LedgerLeaf, VoteCase
from voting.pure.tally import MOVES, VOIDED
from voting.queries.campaign import is_final
from voting.queries.case_leaf import ACTS

_memory = Memory(size=8)


@dataclass(frozen=True, slots=True)
class Removed:
    """Votes of one entry that were voided for one public reason. `entry` is its code. None is on hold any more by then."""

    entry: str
    reason: str
    votes: int

    @property
    def reason_label(self) -> str:
        return str(VoteCase.Reason(self.reason).label)


def removed_votes(edition: Edition) -> tuple[Removed, ...]:
    """Read from the ledger's leaves alone, by entry and reason; nothing before the final tally."""
    if not is_final(edition):
        return ()
    return _memory.recall(edition.pk, lambda: _read(edition))


def _read(edition: Edition) -> tuple[Removed, ...]:
    marks: dict[int, str | None] = {}
    codes: dict[int, str] = {}
    acts = LedgerLeaf.objects.filter(edition=edition, kind__in=ACTS).order_by("index")
    for body in map(json.loads, acts.values_list("body", flat=True)):
        for index in body["of"]:
            marks[index], codes[index] = MOVES[body["t"]][marks.get(index)], body["code"]
    gone = [index for index, mark in marks.items() if mark == VOIDED]
    numbers = LedgerLeaf.objects.filter(edition=edition, index__in=gone).values_list("index", "ballot__entry__number")
    counts = Counter((entry_code(number), codes[index]) for index, number in numbers)
    return tuple(Removed(*key, votes=votes) for key, votes in sorted(counts.items()))
