"""What the committee watches while the vote runs: real counts, never shown to the public. Counted from the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from competitions.models import Edition
from core import clock
from core.once import once
from entries.models import Entry
from voting.models import Ballot, HourCount, LedgerCount
from voting.pure.hours import last_minutes
from voting.queries.case_leaf import coming_tally
from voting.queries.ledger import newest_checkpoint, waiting_count
from voting.queries.published import is_contradicted

MINUTES, HOURS = 60, 48
SEAL_PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Span:
    """One minute, hour or day and the votes cast in it."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day (Asia/Shanghai): votes, and the voters of that day who are new or came back."""

    day: date
    votes: int
    new: int
    returning: int


@dataclass(frozen=True, slots=True)
class EntryShare:
    """An entry's votes as they will stand once every released case has its leaf; `share` is its part of all valid ones."""

    entry: Entry
    valid: int
    held: int
    void: int
    total: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far the sealer is: size, when it last signed, what waits."""

    size: int
    at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """The vote over time: last 60 minutes, last 48 hours, all days; voters by how surely they are known."""

    minutes: list[Span]
    hours: list[Span]
    days: list[Day]
    levels: list[Span]


def pulse(edition: Edition, at: datetime) -> Pulse:
    """The vote over time, from the counted hours alone: one query however many votes there are."""
    return once(("pulse", edition.pk, at), lambda: _pulse(edition, at))


def _pulse(edition: Edition, at: datetime) -> Pulse:
    rows = list(HourCount.objects.filter(edition=edition).order_by("hour"))
    by_hour = {row.hour: sum(row.minutes) for row in rows}
    this_hour = at.replace(minute=0, second=0, microsecond=0)
    hours = [this_hour - timedelta(hours=back) for back in range(HOURS - 1, -1, -1)]
    minutes = last_minutes({row.hour: row.minutes for row in rows[-3:]}, at, MINUTES)
    levels: Counter[str] = Counter()
    for row in rows:
        levels.update(row.levels)
    return Pulse(
        minutes=[Span(f"{clock.local(minute):%H:%M}", count) for minute, count in minutes],
        hours=[Span(f"{clock.local(hour):%m-%d %H}:00", by_hour.get(hour, 0)) for hour in hours],
        days=_days(rows),
        levels=[Span(str(Ballot.Identity(int(level)).label), count) for level, count in sorted(levels.items())],
    )


def _days(rows: list[HourCount]) -> list[Day]:
    days: dict[date, Day] = {}
    for row in rows:
        day = clock.local_day(row.hour)
        old = days.get(day, Day(day, 0, 0, 0))
        days[day] = Day(day, old.votes + sum(row.minutes), old.new + row.new_voters, old.returning + row.returning_voters)
    return list(days.values())


def shares(edition: Edition) -> list[EntryShare]:
    """Every entry of the vote with its count, most votes first. Counted from the ledger: the last minute is missing."""
    return once(("shares", edition.pk), lambda: _shares(edition))


def _shares(edition: Edition) -> list[EntryShare]:
    state = coming_tally(edition)
    counts = state.counted() if state else {}
    entries = (
        Entry.objects.filter(edition=edition, number__isnull=False)
        .select_related("group")
        .only("edition", "number", "title", "group__name")
    )
    everybodys = sum(count.valid for count in counts.values()) or 1
    found = [
        EntryShare(entry, count.valid, count.held, count.void + count.uncounted, count.total, Fraction(count.valid, everybodys))
        for entry in entries
        if (count := counts.get(entry.code)) is not None
    ]
    return sorted(found, key=lambda share: (-share.valid, share.entry.number))


def sealing(edition: Edition) -> Sealing:
    """The sealer's state."""
    newest = newest_checkpoint(edition)
    return Sealing(newest.size if newest else 0, newest.at if newest else None, waiting_count(edition))


def alarms(edition: Edition, at: datetime) -> list[str]:
    """What must not be overlooked: a count that differs, a ledger that contradicts what was published, a sealer that stands."""
    return once(("alarms", edition.pk, at), lambda: _alarms(edition, at))


def _alarms(edition: Edition, at: datetime) -> list[str]:
    found = []
    count = LedgerCount.objects.filter(edition=edition).first()
    if count is not None and count.fault:
        found.append(f"夜间复算与计数不一致：{count.fault}。以账本为准，请联系技术人员。")
    if is_contradicted(edition):
        found.append("已公布的账本与数据库不一致，已停止公布。可能恢复了较旧的备份，也可能账本被改写，请先查明原因。")
    sealed = sealing(edition)
    if sealed.waiting and sealed.at is not None and at - sealed.at > 3 * SEAL_PATIENCE:
        minutes = int((at - sealed.at).total_seconds() // 60)
        found.append(f"有 {sealed.waiting} 票等待入账，已 {minutes} 分钟没有封存。请检查后台任务是否在运行。")
    return found
