"""core.dates: Jiangmen's clock, the edition's year, and durations that never promise more than there is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import dates


def at(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=dates.ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (dates.day(date(2026, 9, 12), 2026), "9月12日"),
        (dates.day(date(2025, 9, 12), 2026), "2025年9月12日"),
        (dates.day(date(2026, 9, 12)), "2026年9月12日"),
        (dates.day(datetime(2026, 9, 11, 16, tzinfo=UTC), 2026), "9月12日"),
        (dates.moment(at(9, 12, 18), 2026), "9月12日 18:00"),
        (dates.moment(datetime(2026, 12, 31, 16, 5, tzinfo=UTC), 2026), "2027年1月1日 00:05"),
        (dates.clock(at(9, 12, 9, 5)), "09:05"),
        (dates.weekday(date(2026, 11, 9)), "星期一"),
        (dates.weekday(datetime(2026, 11, 8, 16, tzinfo=UTC)), "星期一"),
        (dates.days(date(2026, 7, 1), date(2026, 8, 31), 2026), "7月1日—8月31日"),
        (dates.days(date(2026, 11, 17), date(2026, 11, 21), 2026), "11月17日—21日"),
        (dates.days(date(2026, 11, 28), date(2026, 11, 28), 2026), "11月28日"),
        (dates.days(date(2025, 7, 1), date(2025, 8, 31), 2026), "2025年7月1日—8月31日"),
        (dates.days(date(2026, 12, 20), date(2027, 1, 5), 2026), "2026年12月20日—2027年1月5日"),
        (dates.hours(at(9, 12, 14, 30), at(9, 12, 17, 30), 2026), "9月12日 14:30—17:30"),
        (dates.hours(at(11, 1, 9), at(11, 15, 20), 2026), "11月1日 09:00—11月15日 20:00"),
    ],
)
def test_a_date_is_written(text, expected):
    assert text == expected


def test_a_window_that_closes_at_midnight_ends_on_the_day_before():
    assert dates.window(at(7, 1), at(9, 1), 2026) == "7月1日—8月31日"


def test_a_window_that_closes_in_the_evening_ends_on_that_day():
    assert dates.window(at(11, 1, 9), at(11, 15, 20), 2026) == "11月1日—15日"


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (timedelta(days=4), "还有 4 天"),
        (timedelta(days=3, hours=23, minutes=59), "还有 3 天"),
        (timedelta(hours=23, minutes=59), "还有 23 小时"),
        (timedelta(minutes=59, seconds=59), "还有 59 分钟"),
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(microseconds=1), "不到 1 分钟"),
        (timedelta(0), "已截止"),
        (timedelta(days=-1), "已截止"),
    ],
)
def test_what_is_left_is_rounded_down(rest, text):
    assert dates.left(at(11, 15, 20) + rest, at(11, 15, 20)) == text


def test_the_countdown_has_days_hours_and_minutes():
    assert dates.remaining(at(11, 15, 20), at(11, 9, 20, 19)) == (5, 23, 41)
    assert dates.remaining(at(11, 9), at(11, 15)) == (0, 0, 0)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        dates.clock(datetime(2026, 9, 12, 18))  # noqa: DTZ001
