from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fault import Fault
from core.rounding import exact_decimal, exact_sum, mean, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("88.125", 2, "88.13"),
        ("88.1249999", 2, "88.12"),
        ("-0.005", 2, "-0.01"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("90", 2, "90.00"),
        ("0", 2, "0.00"),
        ("-0.001", 2, "0.00"),
    ],
)
def test_half_goes_up(value, places, text):
    assert str(round_half_up(Decimal(value), places)) == text


def test_the_callers_context_does_not_matter():
    with localcontext() as context:
        context.prec = 2
        assert round_half_up(Decimal("123456.785"), 2) == Decimal("123456.79")
        assert str(exact_sum([Decimal("88.125"), Decimal("0.001")])) == "88.126"


@pytest.mark.parametrize("value", [1.5, True, "1.5", Decimal("NaN"), Decimal("Infinity")])
def test_inexact_values_are_refused(value):
    with pytest.raises(Fault, match="分数|不能参与"):
        round_half_up(value, 2)


@pytest.mark.parametrize("places", [-1, 13, True, "2"])
def test_odd_places_are_refused(places):
    with pytest.raises(Fault, match="小数位数"):
        round_half_up(Decimal(1), places)


def test_exact_decimal_drops_superfluous_zeros_and_refuses_a_third():
    assert str(exact_decimal(Decimal("85.50"))) == "85.5"
    assert str(exact_decimal(Decimal("9E+1"))) == "90"
    assert str(exact_decimal(Decimal("-0.250"))) == "-0.25"
    with pytest.raises(Fault, match="有限小数"):
        exact_decimal(Fraction(1, 3))


def test_the_mean_of_nothing_is_refused():
    with pytest.raises(Fault, match="没有可以求平均的数"):
        mean([])


@given(st.decimals(min_value=-1000, max_value=1000, places=5), st.integers(0, 4))
def test_rounding_agrees_with_quantize(value, places):
    assert round_half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
