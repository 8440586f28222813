"""How numbers are written for readers: one place, so that screen, PDF and spreadsheet agree.

Points and money are `Decimal` (or `int`, `Fraction`); a `float` is refused with TypeError, because it has already
lost what the result depends on. `None` is written “—”: not scored is never nought.
"""

from decimal import Decimal
from fractions import Fraction

NOTHING = "—"
Exact = int | Decimal | Fraction


def exact(value: Exact) -> Fraction:
    """The value as a fraction; refuses floats, booleans and text."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"a figure must be int, Decimal or Fraction, not {type(value).__name__}")
    return Fraction(value)


def rounded(value: Exact, places: int) -> Decimal:
    """The value with exactly `places` decimals, halves away from nought (四舍五入)."""
    fraction = exact(value)
    scaled = abs(fraction) * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Decimal(whole if fraction >= 0 else -whole).scaleb(-places)


def thousands(value: Exact | None) -> str:
    """A count with commas: 128,460. Decimals are kept as they are."""
    return NOTHING if value is None else f"{exact_decimal(value):,f}"


def score(value: Exact | None) -> str:
    """A result score: two decimals, halves up: 90.20."""
    return NOTHING if value is None else f"{rounded(value, 2):f}"


def mark(value: Exact | None) -> str:
    """A judge's mark or total exactly as it adds up, never rounded: 86.5, 84.0, 75.25."""
    if value is None:
        return NOTHING
    text = f"{exact_decimal(value):f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def votes(value: int | None) -> str:
    """A number of votes with its unit: 3,705 票."""
    return NOTHING if value is None else f"{thousands(value)} 票"


def wan(value: Exact | None) -> str:
    """An amount given in yuan, written in 万元 with at most two decimals: 1,250.5 万元."""
    if value is None:
        return NOTHING
    return f"{trimmed(rounded(exact(value) / 10000, 2))} 万元"


def size(value: int | None) -> str:
    """A number of bytes: 460 KB, 1.8 MB (1 MB = 1024 KB). Below 1 KB it is 1 KB, unless empty."""
    if value is None:
        return NOTHING
    kilobytes = rounded(Fraction(value, 1024), 0)
    if value < 1024 * 1000:
        return f"{max(kilobytes, 1 if value else 0)} KB"
    if value < 1024 * 1024 * 1000:
        return f"{trimmed(rounded(Fraction(value, 1024**2), 1))} MB"
    return f"{trimmed(rounded(Fraction(value, 1024**3), 1))} GB"


def percent(value: Exact | None, places: int = 0) -> str:
    """A ratio as a percentage: Decimal("0.6") is 60%; with one place 1.0%."""
    return NOTHING if value is None else f"{rounded(exact(value) * 100, places):f}%"


def exact_decimal(value: Exact) -> Decimal:
    """The value as a Decimal without loss; a fraction that has none (1/3) is refused with ValueError."""
    fraction = exact(value)
    if isinstance(value, Decimal):
        return value
    decimal = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    if Fraction(decimal) != fraction:
        raise ValueError(f"{fraction} has no exact decimal; round it first")
    return decimal


def trimmed(value: Decimal) -> str:
    """With commas and without trailing zeros after the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
