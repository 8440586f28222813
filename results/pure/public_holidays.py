"""Public holidays of the mainland and the weekend days worked instead, year by year, as the State Council announced them.

A year without a row here is counted Monday to Friday, and the page says so; an organiser adds or corrects days of an
edition (`results.models.CalendarDay`) as soon as the yearly announcement is out, usually in November.
"""

from datetime import date, timedelta

# year → (name, first day off, last day off, weekend days worked for it); days as (month, day) of that year.
_Rest = tuple[str, tuple[int, int], tuple[int, int], tuple[tuple[int, int], ...]]
ANNOUNCED: dict[int, tuple[_Rest, ...]] = {
    2025: (
        ("元旦", (1, 1), (1, 1), ()),
        ("春节", (1, 28), (2, 4), ((1, 26), (2, 8))),
        ("清明节", (4, 4), (4, 6), ()),
        ("劳动节", (5, 1), (5, 5), ((4, 27),)),
        ("端午节", (5, 31), (6, 2), ()),
        ("国庆节、中秋节", (10, 1), (10, 8), ((9, 28), (10, 11))),
    ),
    2026: (
        ("元旦", (1, 1), (1, 3), ((1, 4),)),
        ("春节", (2, 15), (2, 23), ((2, 14), (2, 28))),
        ("清明节", (4, 4), (4, 6), ()),
        ("劳动节", (5, 1), (5, 5), ((5, 9),)),
        ("端午节", (6, 19), (6, 21), ()),
        ("中秋节", (9, 25), (9, 27), ()),
        ("国庆节", (10, 1), (10, 7), ((9, 20), (10, 10))),
    ),
}


def announced_days(year: int) -> dict[date, tuple[bool, str]]:
    """Day → (whether it is worked, what for) of every day that differs from Monday to Friday; empty for an unknown year."""
    found: dict[date, tuple[bool, str]] = {}
    for name, first, last, worked in ANNOUNCED.get(year, ()):
        day = date(year, *first)
        while day <= date(year, *last):
            found[day] = (False, name)
            day += timedelta(days=1)
        found |= {date(year, *one): (True, f"{name}调休上班") for one in worked}
    return found
