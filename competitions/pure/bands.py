"""Score bands of a criterion: from which mark on it is called what. They guide judges and restrict nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from core.fault import Fault
from core.rounding import exact, exact_decimal

USUAL = (("优", 90), ("良", 75), ("中", 60), ("差", 0))  # per cent of the maximum


@dataclass(frozen=True, slots=True)
class Band:
    """Marks from `lowest` to `highest`, both included, are called `label`."""

    lowest: Decimal
    highest: Decimal
    label: str


def read_bands(text: str, maximum: Decimal, step: Decimal) -> list[Band]:
    """The bands a text gives, one a line ("13.5 优：清楚且稳定"), the highest first; the usual four from an empty text.

    Refuses a line without a number or a word, a mark beyond the maximum or off the step, and an order that does not fall.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = [_start(line, maximum, step) for line in lines] if lines else _usual(maximum, step)
    if any(upper[0] <= lower[0] for upper, lower in zip(starts, starts[1:], strict=False)):
        raise Fault("bands_order", "各档起点分应从高到低，且互不相同。")
    tops = [maximum, *(exact_decimal(exact(low) - exact(step)) for low, _ in starts[:-1])]
    return [Band(low, top, label) for (low, label), top in zip(starts, tops, strict=True)]


def _start(line: str, maximum: Decimal, step: Decimal) -> tuple[Decimal, str]:
    number, _, label = line.partition(" ")
    try:
        lowest = Decimal(number)
    except InvalidOperation:
        lowest = Decimal(-1)
    if not label.strip() or not lowest.is_finite() or not 0 <= lowest <= maximum:
        raise Fault("bands_line", f"“{line}”应写成：0 至 {maximum:f} 的起点分、空格、说明。")
    if exact(lowest) % exact(step):
        raise Fault("bands_step", f"“{line}”的起点分不在 {step:f} 分一档的刻度上。")
    return exact_decimal(lowest), label.strip()


def _usual(maximum: Decimal, step: Decimal) -> Sequence[tuple[Decimal, str]]:
    """Each start on the step, upwards: 90 % of 15 in halves is 13.5; of 5, 4.5. Starts that coincide are one band."""
    found: dict[Decimal, str] = {}
    for label, share in USUAL:
        units = Fraction(exact(maximum) * share, 100) / exact(step)
        lowest = exact_decimal(exact(step) * -(-units.numerator // units.denominator))
        found.setdefault(lowest, label)
    return list(found.items())
