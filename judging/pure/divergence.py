"""When the judges of one entry disagree so much that the committee should look again (domain rules §2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.rounding import exact, exact_decimal, mean, round_half_up

MAX_SPREAD = Decimal(20)
MAX_DISTANCE = Decimal(15)


@dataclass(frozen=True, slots=True)
class Divergence:
    """`spread`: highest less lowest mark; `farthest`: the largest distance of a mark from the mean of all, rounded to two
    places; `is_wide`: one of them is above its alarm (compared unrounded)."""

    spread: Decimal
    farthest: Decimal
    is_wide: bool


def divergence(
    marks: Iterable[Decimal], spread_alarm: Decimal = MAX_SPREAD, distance_alarm: Decimal = MAX_DISTANCE
) -> Divergence | None:
    """How far the marks of one entry lie apart; None with fewer than two marks, which cannot disagree.

    `spread_alarm`, `distance_alarm`: points above which the committee should look again, settings of the round.
    """
    given = list(marks)
    if len(given) < 2:
        return None
    middle = mean(given)
    spread = exact_decimal(exact(max(given)) - exact(min(given)))
    farthest = max(abs(exact(mark) - middle) for mark in given)
    is_wide = exact(spread) > exact(spread_alarm) or farthest > exact(distance_alarm)
    return Divergence(spread, round_half_up(farthest, 2), is_wide)
