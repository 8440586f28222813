"""core.figures: every number is written by one rule, and halves go up."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core import figures


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (figures.thousands, 128460, "128,460"),
        (figures.thousands, 999, "999"),
        (figures.thousands, Decimal("1234.50"), "1,234.50"),
        (figures.thousands, 0, "0"),
        (figures.score, Decimal("90.2"), "90.20"),
        (figures.score, Decimal("90.205"), "90.21"),
        (figures.score, Decimal("90.2049999"), "90.20"),
        (figures.score, Decimal("-0.005"), "-0.01"),
        (figures.score, Fraction(271, 3), "90.33"),
        (figures.score, 0, "0.00"),
        (figures.score, 100, "100.00"),
        (figures.mark, Decimal("86.50"), "86.5"),
        (figures.mark, Decimal("84"), "84.0"),
        (figures.mark, Decimal("75.25"), "75.25"),
        (figures.mark, Decimal("1E+2"), "100.0"),
        (figures.mark, 75, "75.0"),
        (figures.votes, 3705, "3,705 票"),
        (figures.wan, 12_505_000, "1,250.5 万元"),
        (figures.wan, Decimal("20000000"), "2,000 万元"),
        (figures.wan, 149, "0.01 万元"),
        (figures.size, 0, "0 KB"),
        (figures.size, 1, "1 KB"),
        (figures.size, 460 * 1024, "460 KB"),
        (figures.size, 1_887_437, "1.8 MB"),
        (figures.size, 3 * 1024**3, "3 GB"),
        (figures.percent, Decimal("0.6"), "60%"),
        (figures.percent, Fraction(1, 8), "13%"),
        (figures.percent, Fraction(2, 3), "67%"),
    ],
)
def test_a_figure_is_written(write, value, text):
    assert write(value) == text


def test_a_percentage_can_have_places():
    assert figures.percent(Fraction(1284, 128460), 1) == "1.0%"


@pytest.mark.parametrize("name", ["thousands", "score", "mark", "votes", "wan", "size", "percent"])
def test_what_is_not_there_is_a_dash_and_not_nought(name):
    assert getattr(figures, name)(None) == "—"


@pytest.mark.parametrize("name", ["thousands", "score", "mark", "wan", "percent"])
@pytest.mark.parametrize("value", [90.2, "90.2", True])
def test_floats_text_and_booleans_are_refused(name, value):
    with pytest.raises(TypeError, match="must be int, Decimal or Fraction"):
        getattr(figures, name)(value)


def test_a_mark_that_would_lose_something_is_refused():
    with pytest.raises(ValueError, match="no exact decimal"):
        figures.mark(Fraction(1, 3))
