"""Counting the ledger. There are no counter columns: a count continues at the last leaf it has seen."""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from competitions.models import Edition
from core.memory import Memory
from entries.models import Entry
from entries.pure.entry_code import entry_code
from voting.models import LedgerCheckpoint, LedgerCount, LedgerLeaf
from voting.pure.tally import Counted, TallyState
from voting.queries.ledger import newest_checkpoint

_memory = Memory(size=8)


@dataclass(frozen=True, slots=True)
class SealedTally:
    """The count of the first `size` leaves, whose root is `root`; entries by code."""

    size: int
    root: str
    state: TallyState

    @property
    def counted(self) -> dict[str, Counted]:
        return self.state.counted()


def sealed_tally(edition: Edition) -> SealedTally | None:
    """The count up to the newest checkpoint; None before the ledger is opened.

    A process continues from its last count when that is still a prefix of the ledger (a checkpoint of that size has that
    root), else from the one the worker keeps, so the work follows the new leaves, not the ledger.
    """
    newest = newest_checkpoint(edition)
    if newest is None:
        return None
    known = _memory.get(edition.pk)
    if known is not None and (known.size, known.root) == (newest.size, newest.root):
        return known
    if known is not None and _is_prefix(edition, known):
        state = copy.deepcopy(known.state)
    else:
        state = _kept(edition) or TallyState()
    bring_forward(edition, state, newest.size)
    tally_ = SealedTally(newest.size, newest.root, state)
    _memory.put(edition.pk, tally_)
    return tally_


def tally(edition: Edition) -> dict[str, Counted]:
    """Votes by entry code as the ledger stands: valid, void, held, uncounted (withdrawn). Empty before the vote opens.

    For the committee: during the vote the public sees `voting.queries.board` instead, which tells nothing of voided votes.
    """
    found = sealed_tally(edition)
    return found.counted if found else {}


def final_counts(edition: Edition) -> dict[str, int]:
    """Valid votes by code of the entry, from the `final` leaf alone; empty until two persons have approved."""
    leaf = LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.FINAL).first()
    return json.loads(leaf.body)["tally"] if leaf else {}


def final_tally(edition: Edition) -> dict[int, int]:
    """The same by primary key of the entry."""
    votes = final_counts(edition)
    if not votes:
        return {}
    numbered = Entry.objects.filter(edition=edition, number__isnull=False).only("pk", "number")
    return {entry.pk: votes[entry.code] for entry in numbered if entry.code in votes}


def _is_prefix(edition: Edition, known: SealedTally) -> bool:
    return LedgerCheckpoint.objects.filter(edition=edition, size=known.size, root=known.root).exists()


def _kept(edition: Edition) -> TallyState | None:
    """The count the worker keeps, when it is of this ledger and was not found wrong."""
    count = LedgerCount.objects.filter(edition=edition, fault="").first()
    if count is None or not LedgerCheckpoint.objects.filter(edition=edition, size=count.size, root=count.root).exists():
        return None
    return TallyState.from_dict(count.state)


def bring_forward(edition: Edition, state: TallyState, size: int) -> None:
    """Brings `state` forward to `size` leaves: acts one by one, the votes between them in one GROUP BY each."""
    leaves = LedgerLeaf.objects.filter(edition=edition)
    acts = leaves.filter(index__gte=state.size, index__lt=size).exclude(kind=LedgerLeaf.Kind.VOTE).order_by("index")
    for act in list(acts):
        _add_votes(edition, state, act.index)
        body = json.loads(act.body)
        votes = dict(leaves.filter(index__in=body.get("of", []), kind="vote").values_list("index", "body"))
        entries = {index: json.loads(text)["e"] for index, text in votes.items()}
        state.apply(body, entries.get)
    _add_votes(edition, state, size)


def _add_votes(edition: Edition, state: TallyState, until: int) -> None:
    if state.size >= until:
        return
    rows = (
        LedgerLeaf.objects.filter(edition=edition, index__gte=state.size, index__lt=until)
        .order_by()
        .values_list("ballot__entry__number")
        .annotate(votes=Count("pk"))
    )
    state.add_votes(Counter({entry_code(number): votes for number, votes in rows}))
