from decimal import Decimal

import pytest

from core.fault import Fault
from results.pure.combine import combine, weighted_total

D = Decimal


@pytest.mark.parametrize(("share", "total"), [("0.05", "85.83"), ("0.10", "85.26"), ("0.30", "82.98")])
def test_the_vectors_of_the_norm(share, total):
    weights = {"panel": 1 - D(share), "public_vote": D(share)}
    assert str(combine({"panel": D("86.40"), "public_vote": D(75)}, weights, 2)) == total


def test_the_weighted_total_is_exact():
    assert str(weighted_total([D("86.40"), D("75.01")], [D("0.95"), D("0.05")])) == "85.8305"


def test_a_part_without_weight_does_not_count():
    assert str(combine({"panel": D("86.4"), "public_vote": None}, {"panel": D(1), "public_vote": D(0)}, 2)) == "86.40"


@pytest.mark.parametrize(
    ("parts", "weights", "code"),
    [
        ({"panel": D(1)}, {"panel": D("0.9")}, "bad_weights"),
        ({"panel": D(1), "x": D(1)}, {"panel": D("1.5"), "x": D("-0.5")}, "bad_weights"),
        ({"panel": D(1)}, {"panel": D("0.95"), "public_vote": D("0.05")}, "part_missing"),
        ({"panel": None}, {"panel": D(1)}, "part_missing"),
    ],
)
def test_what_cannot_be_blended_is_refused(parts, weights, code):
    with pytest.raises(Fault) as refusal:
        combine(parts, weights, 2)
    assert refusal.value.code == code


def test_lists_of_different_lengths_are_refused():
    with pytest.raises(Fault, match="有 1 个数值，却有 2 个权重"):
        weighted_total([D(1)], [D(1), D(0)])
