"""From the final valid votes of one group to public-vote points (trust.md §1)."""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from core.fault import Fault
from core.rounding import exact, round_half_up
from results.pure.rank import rank

MAX = "max"
RANK = "rank"
LOG = "log"
STEPS = "steps"
METHODS = (MAX, RANK, LOG, STEPS)
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def votes_to_points(votes: Mapping[str, int], method: str, places: int = 2) -> dict[str, Decimal]:
    """Points of each entry of ONE group from its votes `v`, the group's most votes `m` and its number of entries `n`.

    `max`: 100·v/m · `rank`: 100·(n − place + 1)/n, places 1, 2, 2, 4 · `log`: 100·ln(1+v)/ln(1+m) · `steps`: first
    place 10, half a point less a place, never below 0. When nobody has a vote everybody gets 0. Refuses an unknown
    method and votes that are not whole numbers from 0.
    """
    if method not in METHODS:
        raise Fault("unknown_method", f"公众投票算法“{method}”未知，应为 {'、'.join(METHODS)} 之一。")
    for entry, count in votes.items():
        if type(count) is not int or count < 0:
            raise Fault("bad_votes", f"项目 {entry} 的票数应为不小于 0 的整数，现为 {count!r}。")
    most = max(votes.values(), default=0)
    if most == 0:
        return {entry: round_half_up(0, places) for entry in votes}
    if method in (RANK, STEPS):
        return ranks_to_points(vote_places(votes), method, places)
    share = _linear if method == MAX else _logarithmic
    return {entry: round_half_up(100 * share(count, most), places) for entry, count in votes.items()}


def vote_places(votes: Mapping[str, int]) -> dict[str, int]:
    """The place of each entry by votes alone: 1, 2, 2, 4."""
    return {placing.entry: placing.place for placing in rank({entry: (count,) for entry, count in votes.items()})}


def ranks_to_points(ranks: Mapping[str, int], method: str = RANK, places: int = 2) -> dict[str, Decimal]:
    """Points from places: `rank` 100·(n − place + 1)/n, or `steps` 10 − 0.5·(place − 1), never below 0."""
    if method == RANK:
        field = len(ranks)
        return {entry: round_half_up(Fraction(100 * (field - place + 1), field), places) for entry, place in ranks.items()}
    if method == STEPS:
        return {entry: round_half_up(max(Fraction(21 - place, 2), Fraction(0)), places) for entry, place in ranks.items()}
    raise Fault("unknown_method", f"名次换算方法“{method}”未知，应为 rank 或 steps。")


def _linear(count: int, most: int) -> Fraction:
    return Fraction(count, most)


def _logarithmic(count: int, most: int) -> Fraction:
    """ln(1+v)/ln(1+m) to 60 digits: far more than rounding to a few places can notice."""
    return Fraction(1) if count == most else exact(_WIDE.divide(_WIDE.ln(1 + count), _WIDE.ln(1 + most)))
