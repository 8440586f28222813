"""Blends the parts of a round (panel score, public-vote points) into the total (trust.md §1)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.fault import Fault
from core.rounding import Exact, exact, exact_decimal, exact_sum, round_half_up


def weighted_total(values: Sequence[Exact], weights: Sequence[Exact]) -> Decimal:
    """Σ weight × value, exact. Refuses lists of different lengths."""
    if len(values) != len(weights):
        raise Fault("bad_weights", f"有 {len(values)} 个数值，却有 {len(weights)} 个权重。")
    return exact_decimal(sum(exact(value) * exact(weight) for value, weight in zip(values, weights, strict=True)))


def combine(parts: Mapping[str, Decimal | None], weights: Mapping[str, Decimal], places: int = 2) -> Decimal:
    """The total of a round from its parts, rounded half up once.

    A part without weight does not count. Refuses weights that do not sum to 1 or are negative, and a part that has
    weight but no value: it is never taken for 0.
    """
    if any(exact(weight) < 0 for weight in weights.values()) or exact_sum(weights.values()) != 1:
        raise Fault("bad_weights", f"权重须不小于 0 且合计为 1，现合计 {exact_sum(weights.values())}。")
    counted = sorted(part for part, weight in weights.items() if weight)
    values = [value for part in counted if (value := parts.get(part)) is not None]
    missing = [part for part in counted if parts.get(part) is None]
    if missing:
        raise Fault("part_missing", f"计算总分缺少：{'、'.join(missing)}。")
    return round_half_up(weighted_total(values, [weights[one] for one in counted]), places)
