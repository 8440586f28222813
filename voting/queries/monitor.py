"""What the committee watches while the vote runs: real counts, never shown to the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDay, TruncHour

from competitions.models import Edition
from core import clock
from entries.models import Entry
from voting.models import Ballot
from voting.queries.ledger import newest_checkpoint, unsealed_count
from voting.queries.tally import tally

HOURS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of a chart of 100 units' height: `x` its place, `height` and `y` of 100."""

    label: str
    count: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class EntryShare:
    """An entry's votes as the ledger stands, and its share of all in thousandths."""

    entry: Entry
    valid: int
    held: int
    void: int
    total: int


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far the sealer is: size, when it last signed, what waits."""

    size: int
    at: datetime | None
    waiting: int


def hourly(edition: Edition, at: datetime) -> list[Bar]:
    """Votes of each of the last 48 hours, oldest first, hours without votes included."""
    last = clock.local(at).replace(minute=0, second=0, microsecond=0)
    hours = [last - timedelta(hours=back) for back in range(HOURS - 1, -1, -1)]
    cast = Ballot.objects.filter(edition=edition, cast_at__gte=hours[0])
    counted = {
        clock.local(hour): count
        for hour, count in cast.annotate(h=TruncHour("cast_at", tzinfo=clock.SHANGHAI)).order_by().values_list("h").annotate(n=Count("pk"))
    }
    return _bars([(f"{hour:%m-%d %H}:00", counted.get(hour, 0)) for hour in hours])


def daily(edition: Edition) -> list[Bar]:
    """Votes of every day so far, oldest first."""
    cast = Ballot.objects.filter(edition=edition).annotate(d=TruncDay("cast_at", tzinfo=clock.SHANGHAI))
    rows = cast.order_by("d").values_list("d").annotate(n=Count("pk"))
    return _bars([(f"{clock.local(day):%m-%d}", count) for day, count in rows])


def shares(edition: Edition) -> list[EntryShare]:
    """Every entry of the vote with its count, most votes first. Counted from the ledger: the last minute is missing."""
    counts = tally(edition)
    entries = Entry.objects.filter(edition=edition, number__isnull=False).select_related("group")
    found = [
        EntryShare(entry, count.valid, count.held, count.void + count.uncounted, count.total)
        for entry in entries
        if (count := counts.get(entry.code)) is not None
    ]
    return sorted(found, key=lambda share: (-share.valid, share.entry.number))


def sealing(edition: Edition) -> Sealing:
    """The sealer's state."""
    newest = newest_checkpoint(edition)
    return Sealing(newest.size if newest else 0, newest.at if newest else None, unsealed_count(edition))


def _bars(rows: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in rows), default=0) or 1
    return [Bar(label, count, place, round(100 * count / most)) for place, (label, count) in enumerate(rows)]
