"""Working days as the edition counts them, and when a notice published now would end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from competitions.models import Edition
from core.dates import ZONE, local
from results.models import CalendarDay, PublicitySettings
from results.pure.notice_period import COUNTINGS, last_day
from results.pure.public_holidays import ANNOUNCED, announced_days


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day that differs from Monday to Friday: worked or not, what for, and whether the edition entered it."""

    day: date
    is_working: bool
    name: str
    is_own: bool


def publicity_of(edition: Edition) -> PublicitySettings:
    """The edition's settings; the defaults, unsaved, while nobody has changed them."""
    return PublicitySettings.objects.filter(edition=edition).first() or PublicitySettings(edition=edition)


def notice_end(edition: Edition, published: datetime) -> datetime:
    """The midnight at which a notice published at `published` ends by the edition's settings."""
    settings = publicity_of(edition)
    changed = dict(CalendarDay.objects.filter(edition=edition).values_list("day", "is_working"))
    last = last_day(local(published).date(), settings.notice_days, settings.notice_counting, changed)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=ZONE)


def period_words(edition: Edition) -> str:
    """5 个工作日."""
    settings = publicity_of(edition)
    return f"{settings.notice_days} 个{COUNTINGS[settings.notice_counting]}"


def special_days(edition: Edition, year: int) -> list[ShownDay]:
    """Days of the year that differ from Monday to Friday, the edition's own entries over the announced ones."""
    own = {one.day: one for one in CalendarDay.objects.filter(edition=edition, day__year=year)}
    found = {day: ShownDay(day, works, name, False) for day, (works, name) in announced_days(year).items()}
    found |= {day: ShownDay(day, one.is_working, one.name, True) for day, one in own.items()}
    return [found[day] for day in sorted(found)]


def is_announced(year: int) -> bool:
    return year in ANNOUNCED
