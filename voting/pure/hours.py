"""Sealed votes by hour: by minute, by entry, by how surely the voter was known, and whether the voter is new that day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(slots=True)
class Hour:
    """What was cast within one hour. `new`: voters' first vote of all; `returning`: their first of a later day."""

    minutes: list[int] = field(default_factory=lambda: [0] * 60)
    entries: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    new: int = 0
    returning: int = 0

    @property
    def votes(self) -> int:
        return sum(self.minutes)


@dataclass(slots=True)
class HourBook:
    """Adds votes in the order of the ledger. `last_days` tells the last day a voter voted on before the first one added."""

    last_days: dict[str, date]
    hours: dict[datetime, Hour] = field(default_factory=dict)

    def add(self, *, at: datetime, day: date, tag: str, entry: str, level: int) -> None:
        """Counts one vote; `day` is the day of `at` in Shanghai."""
        start = at.replace(minute=0, second=0, microsecond=0)
        hour = self.hours.setdefault(start, Hour())
        hour.minutes[at.minute] += 1
        hour.entries[entry] += 1
        hour.levels[level] += 1
        last = self.last_days.get(tag)
        if last is None:
            hour.new += 1
        elif day > last:
            hour.returning += 1
        self.last_days[tag] = day if last is None else max(last, day)


def last_minutes(hours: Mapping[datetime, list[int]], at: datetime, count: int) -> list[tuple[datetime, int]]:
    """Votes of each of the last `count` whole minutes before `at`, oldest first."""
    end = at.replace(second=0, microsecond=0)
    moments = [end - timedelta(minutes=back) for back in range(count, 0, -1)]
    empty = [0] * 60
    return [(one, hours.get(one.replace(minute=0), empty)[one.minute]) for one in moments]
