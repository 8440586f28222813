"""Two colleagues on one step: what each of them changed since the page was opened.

A page carries a short mark of every field as it was (`base`). When somebody else has saved since, fields that only one of
the two changed are merged; where both changed one, the person chooses.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

ROWS = "rows"  # the name of a whole list, which is never merged row by row


@dataclass(frozen=True, slots=True)
class Difference:
    """A field (`name` in the page, ROWS for a list) on which the page and the saved entry disagree, in words."""

    label: str
    mine: str
    theirs: str
    name: str = ROWS


@dataclass(frozen=True, slots=True)
class Sides:
    """Names of the fields only the colleague changed, and of those both changed."""

    theirs: frozenset[str]
    both: frozenset[str]


def base_of(stored: Mapping[str, str]) -> str:
    """The marks of every field as it is stored, for the page to carry."""
    return json.dumps({name: _mark(text) for name, text in stored.items()}, separators=(",", ":"))


def sides_of(mine: Mapping[str, str], stored: Mapping[str, str], base: str) -> Sides:
    """Whose change each difference is. A page without marks changed everything; a list that the colleague changed is a
    matter of choice."""
    marks = _marks(base)
    differing = [name for name, text in mine.items() if text != stored.get(name, "")]
    theirs = {name for name in differing if name != ROWS and marks.get(name) == _mark(mine[name])}
    both = {name for name in differing if name not in theirs and marks.get(name) != _mark(stored.get(name, ""))}
    return Sides(frozenset(theirs), frozenset(both))


def _marks(base: str) -> Mapping[str, object]:
    try:
        marks = json.loads(base or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _mark(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
