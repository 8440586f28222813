"""Choosing ballots for a case: by entry, time and signal. Only sealed ballots, and only those the act can be done to.

The signals lie in the deletable evidence, one canonical JSON text a ballot; once the voters are forgotten they find nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from competitions.models import Edition
from core.rounding import round_half_up
from voting.models import Ballot
from voting.pure.tally import MOVES
from voting.queries.case_leaf import marks_to_come

SIGNALS = ("address", "agent", "device", "proof")
FEW = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """What a member of the committee asked for; empty members ask for nothing.

    `until` is exclusive; `address` is a prefix ("203.0.113."); `agent` any part; `device` the whole id; `ballots` primary keys
    named one by one; `below`: leaf indices under it only, so that what was previewed is what is proposed.
    """

    verb: str
    entries: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""
    agent: str = ""
    device: str = ""
    proof: str = ""
    level: int | None = None
    ballots: tuple[int, ...] = ()
    below: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything, which no case may."""
        asked = asdict(self)
        return not any(value not in (None, "", ()) for name, value in asked.items() if name not in ("verb", "below"))

    @property
    def looks_at_people(self) -> bool:
        """Whether addresses, agents or devices were searched: personal data, and the journal keeps who did."""
        return bool(self.address or self.agent or self.device)

    def described(self) -> dict[str, Any]:
        """The members that ask for something, for the journal; ballots named one by one as their number."""
        found = {name: value for name, value in asdict(self).items() if value not in (None, "", ())}
        for name in ("since", "until"):
            if name in found:
                found[name] = found[name].isoformat()
        if "ballots" in found:
            found["ballots"] = len(found["ballots"])
        return found | ({"entries": list(found["entries"])} if "entries" in found else {})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a selection amounts to: `ballots` (primary keys by leaf index), per entry (number, title, votes), and who is behind."""

    ballots: tuple[int, ...]
    by_entry: tuple[tuple[int, str, int], ...]
    voters: int
    addresses: int
    devices: int
    agents: int
    top_addresses: tuple[tuple[str, int], ...]
    top_agents: tuple[tuple[str, int], ...]
    by_level: tuple[tuple[str, int], ...]
    first_at: datetime | None
    last_at: datetime | None

    @property
    def count(self) -> int:
        return len(self.ballots)


def selected_ballots(edition: Edition, selection: Selection) -> QuerySet[Ballot]:
    """The sealed ballots a selection names, whatever their mark, in the order of the ledger."""
    found = Ballot.objects.filter(edition=edition, ledger_leaf__isnull=False)
    if selection.below is not None:
        found = found.filter(ledger_leaf__index__lt=selection.below)
    if selection.entries:
        found = found.filter(entry__number__in=selection.entries)
    if selection.since:
        found = found.filter(cast_at__gte=selection.since)
    if selection.until:
        found = found.filter(cast_at__lt=selection.until)
    if selection.level is not None:
        found = found.filter(identity_level=selection.level)
    if selection.ballots:
        found = found.filter(pk__in=selection.ballots)
    return _by_signal(found, selection).order_by("ledger_leaf__index")


def _by_signal(found: QuerySet[Ballot], selection: Selection) -> QuerySet[Ballot]:
    if selection.address:
        found = found.filter(evidence__record__contains=f'"address":"{_inside(selection.address)}')
    if selection.device:
        found = found.filter(evidence__record__contains=f'"device":"{_inside(selection.device)}"')
    if selection.proof:
        found = found.filter(evidence__record__contains=f'"proof":"{_inside(selection.proof)}"')
    if selection.agent:
        found = found.filter(evidence__record__iregex=r'"agent":"([^"\\]|\\.)*' + re.escape(_inside(selection.agent)))
    return found


def _inside(text: str) -> str:
    """A text as it stands inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def preview(edition: Edition, selection: Selection) -> Preview:
    """What proposing the selection would concern: ballots whose mark the act can follow. Two queries and the ledger's marks."""
    marks = marks_to_come(edition)
    rows = selected_ballots(edition, selection).values_list(
        "pk", "ledger_leaf__index", "entry__number", "entry__title", "voter_tag", "identity_level", "cast_at", "evidence__record"
    )
    rows = [row for row in rows if marks.get(row[1]) in MOVES[selection.verb]]
    entries = Counter((row[2], row[3]) for row in rows)
    records = [json.loads(row[7]) for row in rows if row[7]]
    seen = {name: Counter(str(record.get(name, "")) for record in records if record.get(name)) for name in SIGNALS}
    levels = Counter(Ballot.Identity(row[5]).label for row in rows)
    times = [row[6] for row in rows]
    return Preview(
        ballots=tuple(row[0] for row in rows),
        by_entry=tuple((number, title, votes) for (number, title), votes in sorted(entries.items())),
        voters=len({row[4] for row in rows}),
        addresses=len(seen["address"]),
        devices=len(seen["device"]),
        agents=len(seen["agent"]),
        top_addresses=_top(seen["address"]),
        top_agents=_top(seen["agent"]),
        by_level=tuple(levels.most_common()),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
    )


def _top(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(counted.most_common(FEW))


def level_shares(edition: Edition) -> list[tuple[str, int, Decimal]]:
    """How surely the voters of all ballots were known: label, ballots and per cent of all, the surest first."""
    found = Ballot.objects.filter(edition=edition).order_by().values_list("identity_level")
    counts = dict(found.annotate(n=Count("pk")))
    total = Decimal(sum(counts.values()))
    return [
        (str(Ballot.Identity(level).label), counts[level], round_half_up(100 * counts[level] / total, 1))
        for level in sorted(counts, reverse=True)
    ]
