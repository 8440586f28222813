"""Ends of notices by hand, from the announced holidays of 2025 and 2026."""

from __future__ import annotations

from datetime import date

import pytest

from core.fault import Fault
from results.pure.notice_period import is_working_day, last_day, unknown_years
from results.pure.public_holidays import ANNOUNCED, announced_days


@pytest.mark.parametrize(
    ("published", "days", "counting", "last"),
    [
        (date(2026, 10, 15), 5, "working", date(2026, 10, 22)),  # Thursday; the weekend does not count
        (date(2026, 9, 29), 5, "working", date(2026, 10, 12)),  # 30, then 8, 9, the worked Saturday 10, and Monday 12
        (date(2026, 2, 12), 3, "working", date(2026, 2, 24)),  # Fri 13, the worked Saturday 14, Tue 24 after the festival
        (date(2026, 10, 15), 7, "calendar", date(2026, 10, 22)),
        (date(2026, 9, 25), 7, "calendar", date(2026, 10, 8)),  # ends on a holiday: the next working day
        (date(2025, 4, 18), 9, "calendar", date(2025, 4, 27)),  # a Sunday that is worked
    ],
)
def test_the_day_of_publication_is_not_counted(published, days, counting, last):
    assert last_day(published, days, counting, {}) == last


def test_what_the_edition_entered_comes_before_what_was_announced():
    assert is_working_day(date(2026, 10, 10), {}) and not is_working_day(date(2026, 10, 10), {date(2026, 10, 10): False})
    assert last_day(date(2027, 2, 4), 2, "working", {date(2027, 2, 5): False, date(2027, 2, 6): True}) == date(2027, 2, 8)


def test_years_nobody_announced_are_counted_by_the_week_and_named():
    assert announced_days(2031) == {} and is_working_day(date(2031, 10, 1), {})
    assert unknown_years(date(2026, 12, 30), date(2031, 1, 5))[-1] == 2031


@pytest.mark.parametrize(("days", "counting"), [(0, "working"), (91, "calendar"), (5, "lunar")])
def test_odd_periods_are_refused(days, counting):
    with pytest.raises(Fault):
        last_day(date(2026, 10, 15), days, counting, {})


def test_worked_days_lie_on_weekends_and_holidays_in_their_year():
    for year in ANNOUNCED:
        for day, (works, name) in announced_days(year).items():
            assert day.year == year and name
            assert not works or day.weekday() >= 5
