"""Exact decimal arithmetic: sums lose nothing, and rounding happens once, half up, where the rules say so."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from core.fault import Fault

Exact = Decimal | Fraction | int


def exact(value: Exact) -> Fraction:
    """`value` as a fraction, so that no further step can round it. Refuses floats and what is not finite."""
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | int):
        raise Fault("not_exact", f"分数只接受 Decimal 或整数，不接受 {type(value).__name__}：{value!r}。")
    if isinstance(value, Decimal) and not value.is_finite():
        raise Fault("not_exact", f"{value} 不是一个确定的数，不能参与计分。")
    return Fraction(value)


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round to `places` decimals; exactly half goes away from zero (四舍五入): 88.125 → 88.13 (trust.md §1).

    The result always shows `places` decimals. It does not depend on the decimal context of the caller.
    """
    if isinstance(places, bool) or not isinstance(places, int) or not 0 <= places <= 12:
        raise Fault("bad_places", f"小数位数须为 0 至 12 的整数：{places!r}。")
    fraction = exact(value)
    units = int(abs(fraction) * 10**places + Fraction(1, 2))
    return _decimal(-units if fraction < 0 else units, places)


def exact_decimal(value: Exact) -> Decimal:
    """`value` written out in full without superfluous zeros: 85.50 → 85.5, 90.00 → 90.

    Refuses a fraction that no finite decimal can show, such as one third.
    """
    fraction = exact(value)
    places = 0
    while (fraction * 10**places).denominator != 1:
        places += 1
        if places > 40:
            raise Fault("not_exact", "该数不能写成有限小数。请先按规则四舍五入。")
    return _decimal(int(fraction * 10**places), places)


def exact_sum(values: Iterable[Exact]) -> Decimal:
    """The sum of `values` with nothing rounded."""
    return exact_decimal(sum((exact(value) for value in values), Fraction(0)))


def mean(values: Iterable[Exact]) -> Fraction:
    """The exact mean of `values`; round it with `round_half_up`. Refuses an empty list."""
    fractions = [exact(value) for value in values]
    if not fractions:
        raise Fault("no_values", "没有可以求平均的数。")
    return sum(fractions, Fraction(0)) / len(fractions)


def _decimal(units: int, places: int) -> Decimal:
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((1 if units < 0 else 0, digits, -places))
