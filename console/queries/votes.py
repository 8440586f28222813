"""The public vote on the dashboard: the count of the ledger, and the votes of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from competitions.models import Edition
from core import clock
from voting.models import Ballot
from voting.queries.monitor import Bar, daily
from voting.queries.tally import tally

LABELS = 8  # a chart has room for about this many days written below it


@dataclass(frozen=True, slots=True)
class VoteFigures:
    """`valid`, `held` and `void` are counted from the ledger (void: also votes for entries that left); `today` are votes
    received since midnight, `before` those of yesterday up to the same hour."""

    valid: int
    held: int
    void: int
    today: int
    before: int


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day of the chart; `is_labelled` where its date is written."""

    bar: Bar
    is_labelled: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class VoteChart:
    """Votes of every day so far, oldest first, and a sentence with the finding."""

    days: list[DayBar]
    most: Bar
    summary: str


def vote_figures(edition: Edition, at: datetime) -> VoteFigures:
    counts = tally(edition).values()
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    cast = Ballot.objects.filter(edition=edition)
    return VoteFigures(
        valid=sum(count.valid for count in counts),
        held=sum(count.held for count in counts),
        void=sum(count.void + count.uncounted for count in counts),
        today=cast.filter(cast_at__gte=midnight, cast_at__lte=at).count(),
        before=cast.filter(cast_at__gte=midnight - day, cast_at__lte=at - day).count(),
    )


def vote_chart(edition: Edition, at: datetime) -> VoteChart | None:
    """None before the first vote."""
    bars = daily(edition)
    if not bars:
        return None
    step = -(-len(bars) // LABELS)
    today = f"{clock.local(at):%m-%d}"
    days = [DayBar(bar, (len(bars) - 1 - bar.x) % step == 0, bar.label == today) for bar in bars]
    most = max(bars, key=lambda bar: bar.count)
    first, last = bars[0], bars[-1]
    summary = f"{first.label} 至 {last.label} 每日收到的票数，最多的是 {most.label}，{most.count:,} 票"
    return VoteChart(days, most, summary)
