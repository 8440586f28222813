"""Dates in templates (see core.dates).

`{% moment value %}`, `{% day value %}`, `{% days start end %}`, `{% window opens_at closes_at %}` and
`{% hours start end %}` leave out the year of the edition on the page: `edition.year`, or `site.edition.year`; with
neither the year is written. `{{ value|clock }}` and `{{ value|weekday }}` need none. `{% left until at %}` and
`{% remaining until at as parts %}` take the time of the request as an argument.
"""

from collections.abc import Callable
from typing import Any

from django import template

from core import dates

register = template.Library()


def edition_year(context: template.Context) -> int | None:
    """The year of the edition the page is about, if it is about one."""
    for path in ("edition.year", "site.edition.year"):
        try:
            year = template.Variable(path).resolve(context)
        except template.VariableDoesNotExist:
            continue
        if year:
            return year
    return None


def dated(write: Callable[..., str]) -> Callable[..., str]:
    """A tag that writes dates without the edition's year; a missing date is written “—”."""

    def tag(context: template.Context, *values: Any) -> str:
        return write(*values, edition_year(context)) if all(values) else "—"

    return tag


for _name in ("day", "moment", "days", "window", "hours"):
    register.simple_tag(dated(getattr(dates, _name)), takes_context=True, name=_name)
register.simple_tag(dates.left, name="left")
register.simple_tag(dates.remaining, name="remaining")
register.filter("clock", dates.clock)
register.filter("weekday", dates.weekday)
