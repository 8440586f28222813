"""The only place that reads the clock, and the calendar of the competition (Asia/Shanghai).

Everything else takes `at` (an aware datetime) or `today` (a date) as an argument, so that a test or a rehearsal can stand
at any moment.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_rehearsed: ContextVar[datetime | None] = ContextVar("rehearsed_now", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; inside `rehearse`, the rehearsed one."""
    return _rehearsed.get() or datetime.now(UTC)


def is_rehearsed() -> bool:
    """Whether the clock stands at another moment than the world's."""
    return _rehearsed.get() is not None


def ticks() -> float:
    """Seconds on a clock that only runs forward: for the age of what a process remembers, never for a rule."""
    return time.monotonic()


def local(at: datetime) -> datetime:
    """`at` on the wall clock of Jiangmen."""
    return at.astimezone(SHANGHAI)


def local_day(at: datetime) -> date:
    """The calendar day of `at` in Jiangmen (never `.date()` of a UTC value, which is the wrong day before 08:00)."""
    return local(at).date()


def at_local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The moment a wall clock in Jiangmen shows the given time."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@contextmanager
def rehearse(at: datetime) -> Iterator[None]:
    """Within the block the clock stands at `at`."""
    token = _rehearsed.set(at)
    try:
        yield
    finally:
        _rehearsed.reset(token)
