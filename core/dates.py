"""How dates, times and durations are written in Chinese (DESIGN.md §6), always in Asia/Shanghai.

Nothing here reads the clock: whoever needs “还有 3 天” passes `at`. `year` is the edition's year; it is left out of
a date that lies in it, and always written when `year` is None.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"


def local(value: datetime) -> datetime:
    """The same instant on Jiangmen's clocks; a naive datetime is refused with ValueError."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return value.astimezone(ZONE)


def day(value: date | datetime, year: int | None = None) -> str:
    """9月12日, or 2025年9月12日 outside the edition's year."""
    shown = local(value).date() if isinstance(value, datetime) else value
    prefix = "" if shown.year == year else f"{shown.year}年"
    return f"{prefix}{shown.month}月{shown.day}日"


def clock(value: datetime) -> str:
    """14:32."""
    return f"{local(value):%H:%M}"


def moment(value: datetime, year: int | None = None) -> str:
    """9月12日 18:00, or 2025年9月12日 18:00 outside the edition's year."""
    return f"{day(value, year)} {clock(value)}"


def deadline(value: datetime, year: int | None = None) -> str:
    """10月22日 18:00; midnight is written as the end of the day before, 10月22日 24:00."""
    if (local(value).hour, local(value).minute) == (0, 0):
        return f"{day(value - timedelta(minutes=1), year)} 24:00"
    return moment(value, year)


def weekday(value: date | datetime) -> str:
    """星期一."""
    shown = local(value) if isinstance(value, datetime) else value
    return f"星期{WEEKDAYS[shown.weekday()]}"


def days(start: date, end: date, year: int | None = None) -> str:
    """A range of days, both included: 7月1日—8月31日, 11月17日—21日, 11月28日."""
    if start == end:
        return day(start, year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{day(start, year)}—{end.day}日"
    if start.year == end.year:
        return f"{day(start, year)}—{day(end, end.year)}"
    return f"{day(start)}—{day(end)}"


def window(opens_at: datetime, closes_at: datetime, year: int | None = None) -> str:
    """The days of a half-open window; one that closes at midnight does not touch the day it closes on."""
    return days(local(opens_at).date(), local(closes_at - timedelta(microseconds=1)).date(), year)


def hours(start: datetime, end: datetime, year: int | None = None) -> str:
    """A range of times: 9月12日 14:30—17:30, or 11月1日 09:00—11月15日 20:00."""
    if local(start).date() == local(end).date():
        return f"{moment(start, year)}—{clock(end)}"
    return f"{moment(start, year)}—{moment(end, year)}"


def remaining(until: datetime, at: datetime) -> tuple[int, int, int]:
    """Whole days, hours and minutes from `at` to `until`; noughts when it has passed."""
    minutes = max(until - at, timedelta(0)) // timedelta(minutes=1)
    return minutes // 1440, minutes // 60 % 24, minutes % 60


def left(until: datetime, at: datetime) -> str:
    """还有 3 天, 还有 5 小时, 还有 12 分钟, 不到 1 分钟, 已截止; rounded down, so that it never promises more."""
    if at >= until:
        return "已截止"
    for amount, unit in zip(remaining(until, at), ("天", "小时", "分钟"), strict=True):
        if amount:
            return f"还有 {amount} {unit}"
    return "不到 1 分钟"
