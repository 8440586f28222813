"""The public vote on the dashboard: the count of the ledger, and the votes of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from competitions.models import Edition
from core import clock
from voting.models import Ballot
from voting.queries.tally import tally

LABELS = 8  # a chart has room for about this many days written below it
TICKS = 5  # at most so many lines above the base


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
    """A day of the chart, `height` of 100 (the top of the axis); `is_labelled` where its date is written."""

    day: date
    count: int
    height: int
    is_labelled: bool
    is_today: bool

    @property
    def y(self) -> int:
        return 100 - self.height

    @property
    def label(self) -> str:
        """11.8, as charts write a day."""
        return f"{self.day.month}.{self.day.day}"


@dataclass(frozen=True, slots=True)
class VoteChart:
    """Votes of every day so far, oldest first, a sentence with the finding, and the lines of the axis: (votes, y of 100)."""

    days: list[DayBar]
    most: DayBar
    summary: str
    ticks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Votes of a day; `by_now` those up to the hour of the question, a day before."""

    day: date
    count: int
    by_now: int


def vote_days(edition: Edition, at: datetime) -> list[DayCount]:
    """Votes received on each day in Jiangmen, oldest first, days without votes left out. One query."""
    cast = Ballot.objects.filter(edition=edition).annotate(day=TruncDate("cast_at", tzinfo=clock.SHANGHAI))
    earlier = Q(cast_at__lte=at - timedelta(days=1))
    rows = cast.order_by("day").values_list("day").annotate(n=Count("pk"), by_now=Count("pk", filter=earlier))
    return [DayCount(day, count, by_now) for day, count, by_now in rows]


def vote_figures(edition: Edition, days: list[DayCount], at: datetime) -> VoteFigures:
    counts = tally(edition).values()
    today = clock.local_day(at)
    by_day = {one.day: one for one in days}
    now, before = by_day.get(today), by_day.get(today - timedelta(days=1))
    return VoteFigures(
        valid=sum(count.valid for count in counts),
        held=sum(count.held for count in counts),
        void=sum(count.void + count.uncounted for count in counts),
        today=now.count if now else 0,
        before=before.by_now if before else 0,
    )


def vote_chart(days: list[DayCount], at: datetime) -> VoteChart | None:
    """None before the first vote."""
    if not days:
        return None
    step, tick = -(-len(days) // LABELS), axis_tick(max(one.count for one in days))
    lines = -(-max(one.count for one in days) // tick)
    top_of_axis = tick * lines
    today, last = clock.local_day(at), len(days) - 1
    bars = [
        DayBar(one.day, one.count, round(100 * one.count / top_of_axis), (last - place) % step == 0, one.day == today)
        for place, one in enumerate(days)
    ]
    top = max(bars, key=lambda bar: bar.count)
    summary = f"{bars[0].label} 至 {bars[-1].label} 每日收到的票数，最多的是 {top.label}，{top.count:,} 票"
    ticks = [(tick * place, 100 - round(100 * place / lines)) for place in range(lines + 1)]
    return VoteChart(bars, top, summary, ticks)


def axis_tick(most: int) -> int:
    """The distance of the lines of an axis up to `most`: 1, 2 or 5 times a power of ten, at most TICKS lines above the base."""
    size = 1
    while True:
        for tick in (size, 2 * size, 5 * size):
            if tick * TICKS >= most:
                return tick
        size *= 10
