"""When a public notice ends: so many calendar or working days after the day it was published."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.fault import Fault
from results.pure.public_holidays import ANNOUNCED, announced_days

CALENDAR, WORKING = "calendar", "working"
COUNTINGS = {CALENDAR: "自然日", WORKING: "工作日"}
LONGEST = 90
SATURDAY = 5


def is_working_day(day: date, changed: Mapping[date, bool]) -> bool:
    """Whether people work on the day: what the edition entered in `changed` first, then the announced days, then the week."""
    if day in changed:
        return changed[day]
    announced = announced_days(day.year)
    return announced[day][0] if day in announced else day.weekday() < SATURDAY


def last_day(published: date, days: int, counting: str, changed: Mapping[date, bool]) -> date:
    """The last day of a notice of `days` calendar or working days.

    The day of publication is not counted (Civil Code art. 201); a last calendar day on which nobody works moves to the
    next working day (art. 203). Refuses less than one and more than 90 days, and an unknown way of counting.
    """
    if counting not in COUNTINGS or not 1 <= days <= LONGEST:
        raise Fault("bad_period", f"公示期应为 1 至 {LONGEST} 个自然日或工作日，现为 {days}。")
    day, left = published, days
    while left:
        day += timedelta(days=1)
        left -= counting == CALENDAR or is_working_day(day, changed)
    while not is_working_day(day, changed):
        day += timedelta(days=1)
    return day


def unknown_years(first: date, last: date) -> list[int]:
    """Years of the period whose holidays have not been announced to this program."""
    return [year for year in range(first.year, last.year + 1) if year not in ANNOUNCED]
