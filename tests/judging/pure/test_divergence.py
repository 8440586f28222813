from decimal import Decimal

import pytest

from judging.pure.divergence import divergence


@pytest.mark.parametrize(
    ("marks", "spread", "is_wide"),
    [
        (["80", "80"], "0", False),
        (["70", "90"], "20", False),
        (["70", "90.5"], "20.5", True),
        (["90", "90", "90", "90", "70"], "20", True),
        (["85", "90", "88.5"], "5", False),
    ],
)
def test_wide_means_more_than_20_apart_or_more_than_15_from_the_mean(marks, spread, is_wide):
    found = divergence(Decimal(mark) for mark in marks)
    assert (found.spread, found.is_wide) == (Decimal(spread), is_wide)


@pytest.mark.parametrize("marks", [[], ["90"]])
def test_one_judge_cannot_disagree(marks):
    assert divergence(Decimal(mark) for mark in marks) is None
