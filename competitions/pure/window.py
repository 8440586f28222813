"""When something is open: half-open windows `[opens_at, closes_at)`, moved only by recorded pauses and extensions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.fault import Fault

UPCOMING = "upcoming"
OPEN = "open"
PAUSED = "paused"
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Pause:
    """The window is shut in `[starts_at, resumes_at)`; its end moves by that length. `resumes_at` None: still paused."""

    starts_at: datetime
    resumes_at: datetime | None = None

    def __post_init__(self) -> None:
        _require_aware(self.starts_at)
        if self.resumes_at is not None:
            _require_aware(self.resumes_at)
            if self.resumes_at <= self.starts_at:
                raise Fault("bad_pause", "恢复时间须晚于暂停时间。")

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.resumes_at is None or at < self.resumes_at)


@dataclass(frozen=True, slots=True)
class Extension:
    """The end is moved later by `by`."""

    by: timedelta

    def __post_init__(self) -> None:
        if self.by <= timedelta(0):
            raise Fault("bad_extension", "延长的时间须大于零；截止时间不能提前。")


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time with its recorded overrides (architecture.md §1.5).

    Refuses datetimes without a zone, an end not after the beginning, pauses outside the window and overlapping pauses.
    """

    opens_at: datetime
    closes_at: datetime
    overrides: tuple[Pause | Extension, ...] = ()
    ends_at: datetime | None = field(init=False, compare=False)
    """The effective end: `closes_at` + extensions + lengths of pauses; None while a pause has no end yet."""
    _pauses: tuple[Pause, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        _require_aware(self.opens_at)
        _require_aware(self.closes_at)
        if self.closes_at <= self.opens_at:
            raise Fault("bad_window", "截止时间须晚于开始时间。")
        pauses = sorted((one for one in self.overrides if isinstance(one, Pause)), key=lambda one: one.starts_at)
        object.__setattr__(self, "_pauses", tuple(pauses))
        object.__setattr__(self, "ends_at", self._walk())

    def phase(self, at: datetime) -> str:
        """`upcoming`, `open`, `paused` or `closed` at the moment `at`."""
        _require_aware(at)
        if at < self.opens_at:
            return UPCOMING
        if any(pause.holds(at) for pause in self._pauses):
            return PAUSED
        if self.ends_at is not None and at >= self.ends_at:
            return CLOSED
        return OPEN

    def is_open(self, at: datetime) -> bool:
        return self.phase(at) == OPEN

    def _walk(self) -> datetime | None:
        """Apply the overrides in order of time. A pause must begin while the window, as moved so far, is open."""
        end = self.closes_at + sum((one.by for one in self.overrides if isinstance(one, Extension)), timedelta(0))
        free_from: datetime | None = self.opens_at
        for pause in self._pauses:
            if free_from is None or pause.starts_at < free_from:
                raise Fault("bad_pause", "暂停不能早于开始时间，也不能互相重叠。")
            if pause.starts_at >= end:
                raise Fault("bad_pause", "截止之后不能再暂停。")
            free_from = pause.resumes_at
            if pause.resumes_at is not None:
                end += pause.resumes_at - pause.starts_at
        return None if free_from is None else end


def _require_aware(at: datetime) -> None:
    if at.tzinfo is None or at.utcoffset() is None:
        raise Fault("naive_datetime", f"时间须带时区：{at.isoformat()}。")
