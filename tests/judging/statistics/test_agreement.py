from decimal import Decimal

import pytest

from core.fault import Fault
from judging.statistics import icc, kendall_w, krippendorff_alpha
from tests.judging.statistics.literature import ANXIETY, KRIPPENDORFF, SHROUT_FLEISS, table


def test_the_six_coefficients_of_shrout_and_fleiss():
    found = icc(SHROUT_FLEISS)
    shown = [found.one_1, found.two_1, found.three_1, found.one_k, found.two_k, found.three_k]
    assert [f"{value:.2f}" for value in shown] == ["0.17", "0.29", "0.71", "0.44", "0.62", "0.91"]


def test_the_anxiety_data_of_irr():
    assert round(kendall_w(ANXIETY).value, 6) == 0.539657
    assert round(kendall_w(ANXIETY, corrected=False).value, 6) == 0.501921
    assert round(icc(ANXIETY).two_1, 6) == 0.197998
    assert round(icc(ANXIETY).two_k, 6) == 0.425499


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_krippendorffs_own_example(metric, alpha):
    assert round(krippendorff_alpha(KRIPPENDORFF, metric), 6) == alpha


def test_judges_of_one_mind_and_judges_who_contradict_each_other():
    assert kendall_w(table("1 2 3 4", "10 20 30 40")).value == pytest.approx(1)
    assert kendall_w(table("1 2 3 4", "4 3 2 1")).value == pytest.approx(0)
    assert krippendorff_alpha(table("1 2 3", "1 2 3")) == pytest.approx(1)
    assert icc(table("1 2 3 4", "2 3 4 5")).three_k == pytest.approx(1)


def test_chance_gives_a_large_probability():
    assert kendall_w(ANXIETY).probability < 0.05 < kendall_w(table("1 2 3 4", "2 1 4 3")).probability


def test_marks_may_be_decimals_and_absent_judges_do_not_matter():
    marks = {"001": {"a": Decimal("80.5"), "b": Decimal("81"), "c": None}, "002": {"a": Decimal("90"), "b": Decimal("88")}}
    assert kendall_w(marks).value == pytest.approx(1)


@pytest.mark.parametrize(
    ("measure", "marks", "code"),
    [
        (kendall_w, KRIPPENDORFF, "marks_incomplete"),
        (icc, KRIPPENDORFF, "marks_incomplete"),
        (kendall_w, table("5 5 5", "7 7 7"), "no_variation"),
        (icc, table("5 5 5", "5 5 5"), "no_variation"),
        (krippendorff_alpha, table("5 5 5", "5 5 5"), "no_variation"),
        (krippendorff_alpha, table("5 . .", ". 6 7"), "too_few_marks"),
        (kendall_w, table("1 2 3"), "too_few_marks"),
        (icc, {}, "too_few_marks"),
        (lambda marks: krippendorff_alpha(marks, "cosmic"), ANXIETY, "bad_metric"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_its_reason(measure, marks, code):
    with pytest.raises(Fault) as refusal:
        measure(marks)
    assert refusal.value.code == code
