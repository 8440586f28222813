"""What apps above want done before a stage's gate is released or the running order is drawn: a registry, not a signal.

    from competitions.queries import gates
    gates.register(Stage.Kind.FINAL, reasons_of)      # in the app's ready(), e.g. coaching that has still to be held

`reasons_of(edition)` returns every unmet condition as a Reason with the page that mends it, none when nothing is in the way.
"""

from __future__ import annotations

from collections.abc import Callable

from competitions.models import Edition
from core.errors import Reason

ReasonsOf = Callable[[Edition], list[Reason]]
DRAW = "draw"  # beside the kinds of stages: before the running order of a final is drawn
_conditions: dict[str, list[ReasonsOf]] = {}


def register(step: str, reasons_of: ReasonsOf) -> None:
    """Adds a condition of `step` (a kind of stage, or DRAW); the same callable once."""
    known = _conditions.setdefault(step, [])
    if reasons_of not in known:
        known.append(reasons_of)


def unmet(step: str, edition: Edition) -> list[Reason]:
    """Everything that apps above find missing before the step."""
    return [reason for reasons_of in _conditions.get(step, []) for reason in reasons_of(edition)]
