"""Reading sealed votes for the count, and counting them all anew from the leaves' own bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Max, OuterRef, Subquery

from competitions.models import Edition
from core import clock
from voting.models import Ballot, LedgerLeaf
from voting.pure.leaf import parse_leaf
from voting.pure.tally import Counted, TallyState

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recount:
    """The count of every entry from the bytes of the leaves, and how many votes each has whatever became of them."""

    tally: dict[str, Counted]
    votes: dict[str, int]


def sealed_votes(edition: Edition, start: int, until: int) -> Iterator[tuple[datetime, str, int, int]]:
    """(when cast, voter tag, entry number, identity level) of the votes with leaf index in [start, until), in that order."""
    leaves = LedgerLeaf.objects.filter(edition=edition, index__gte=start, index__lt=until, kind=LedgerLeaf.Kind.VOTE)
    rows = leaves.order_by("index").values_list(
        "ballot__cast_at", "ballot__voter_tag", "ballot__entry__number", "ballot__identity_level"
    )
    return rows.iterator(chunk_size=5_000)


def last_voting_days(edition: Edition, tags: Iterable[str], before: int) -> dict[str, date]:
    """Voter tag → the last day (Asia/Shanghai) of a vote with a leaf index below `before`; only those who have one."""
    found: dict[str, date] = {}
    rest = iter(tags) if before > 1 else iter(())
    # Ballot by ballot: PostgreSQL would plan a join to a long ledger by reading the leaves.
    place = Subquery(LedgerLeaf.objects.filter(ballot=OuterRef("pk")).values("index"))
    while chunk := list(islice(rest, AT_ONCE)):
        of_these = Ballot.objects.filter(edition=edition, voter_tag__in=chunk)
        earlier = of_these.annotate(place=place).filter(place__lt=before)
        for tag, at in earlier.order_by().values_list("voter_tag").annotate(last=Max("cast_at")):
            found[tag] = clock.local_day(at)
    return found


def recount(edition: Edition, size: int) -> Recount:
    """Counts the first `size` leaves one by one from their bytes, the way an outsider does."""
    state, votes = TallyState(), Counter[str]()
    entries: list[str | None] = []
    bodies = LedgerLeaf.objects.filter(edition=edition, index__lt=size).order_by("index").values_list("body", flat=True)
    for body in bodies.iterator(chunk_size=5_000):
        leaf = parse_leaf(body.encode())
        state.apply(leaf, entries.__getitem__)
        entries.append(leaf["e"] if leaf["t"] == "vote" else None)
        votes.update([leaf["e"]] if leaf["t"] == "vote" else [])
    return Recount(state.counted(), dict(votes))
