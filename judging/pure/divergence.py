"""When the judges of one entry disagree so much that the committee should look again (domain rules §2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.rounding import exact, exact_decimal, mean

MAX_SPREAD = Decimal(20)
MAX_DISTANCE = Decimal(15)


@dataclass(frozen=True, slots=True)
class Divergence:
    """`spread`: highest less lowest mark; `is_wide`: above 20, or a judge more than 15 from the mean of all."""

    spread: Decimal
    is_wide: bool


def divergence(marks: Iterable[Decimal]) -> Divergence | None:
    """How far the marks of one entry lie apart; None with fewer than two marks, which cannot disagree."""
    given = list(marks)
    if len(given) < 2:
        return None
    middle = mean(given)
    spread = exact_decimal(exact(max(given)) - exact(min(given)))
    farthest = max(abs(exact(mark) - middle) for mark in given)
    return Divergence(spread, spread > MAX_SPREAD or farthest > MAX_DISTANCE)
