from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.pure.panel_rule import PanelRule
from core.fault import Fault
from judging.pure.panel import panel_method, panel_score, plain_mean, trimmed_mean

TRIMMED = PanelRule(method="trimmed")
MARKS = st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=5, max_size=11)


def marks(text: str) -> list[Decimal | None]:
    return [None if word == "-" else Decimal(word) for word in text.split()]


@pytest.mark.parametrize(
    ("given_marks", "score"),
    [
        ("88.5 91 86.5 90 92.5 89 84", "89.00"),
        ("85.25 90.10 88.40 92.00 79.95", "87.92"),
        ("88.12 88.13 88.125 90 70", "88.13"),
        ("80 90 100 60 95 95 95", "91.00"),
        ("80 81 82 83 84 99 10", "82.00"),
        ("90 90 90 90 90", "90.00"),
        ("90 - 90 90 90 90 -", "90.00"),
    ],
)
def test_the_vectors_of_the_norm(given_marks, score):
    assert str(trimmed_mean(marks(given_marks), 1, 1)) == score
    assert str(panel_score(marks(given_marks), TRIMMED).score) == score


def test_which_marks_were_dropped_can_be_shown():
    found = panel_score(marks("88.5 91 86.5 - 90 92.5 89 84"), TRIMMED)
    assert found.method == "trimmed"
    assert (found.dropped_high, found.dropped_low, found.left_out) == ((5,), (7,), (3,))
    assert found.kept == (0, 1, 2, 4, 6)
    assert str(found.untrimmed_sum) == "621.5" and str(found.untrimmed_mean) == "88.79"


def test_of_tied_extremes_one_instance_each_is_dropped():
    found = panel_score(marks("95 95 80 80 90"), TRIMMED)
    assert (found.dropped_high, found.dropped_low) == ((1,), (2,))
    assert str(found.score) == "88.33"
    equal = panel_score(marks("90 90 90 90 90"), TRIMMED)
    assert (equal.dropped_low, equal.dropped_high, equal.kept) == ((0,), (4,), (1, 2, 3))


def test_an_absent_judge_is_left_out_and_never_counts_as_zero():
    assert str(plain_mean(marks("80 - 90"))) == "85.00"


def test_a_small_panel_gets_the_plain_mean():
    found = panel_score(marks("80 85 90 100"), TRIMMED)
    assert found.method == "plain" and str(found.score) == "88.75"
    assert found.dropped_high == () and found.dropped_low == ()


def test_one_method_for_the_whole_round():
    assert panel_method([5, 7], TRIMMED) == "trimmed"
    assert panel_method([3, 4], TRIMMED) == "plain"
    assert panel_method([5, 7], PanelRule()) == "plain"
    with pytest.raises(Fault, match="有 1 个项目的有效评分不足 5 个.*请评委组长决定"):
        panel_method([5, 4, 7], TRIMMED)
    assert panel_method([5, 4, 7], TRIMMED, plain_decided=True) == "plain"


@pytest.mark.parametrize(
    ("given_marks", "high", "low", "code"),
    [("90 91", 1, 1, "trim_leaves_nothing"), ("- -", 0, 0, "no_marks"), ("", 0, 0, "no_marks"), ("1 2", -1, 0, "bad_trim")],
)
def test_what_leaves_nothing_is_refused(given_marks, high, low, code):
    with pytest.raises(Fault) as refusal:
        trimmed_mean(marks(given_marks), high, low)
    assert refusal.value.code == code


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_the_judges_is_irrelevant(given_marks, source):
    shuffled = given_marks.copy()
    source.shuffle(shuffled)
    assert trimmed_mean(shuffled) == trimmed_mean(given_marks)
    assert panel_score(shuffled, TRIMMED).untrimmed_sum == panel_score(given_marks, TRIMMED).untrimmed_sum


@given(MARKS)
def test_the_score_lies_between_the_lowest_and_the_highest_mark(given_marks):
    assert min(given_marks) <= trimmed_mean(given_marks) <= max(given_marks)


@given(MARKS, st.data(), st.decimals(min_value=0, max_value=50, places=2))
def test_a_higher_mark_never_lowers_the_score(given_marks, data, more):
    position = data.draw(st.integers(0, len(given_marks) - 1))
    raised = given_marks.copy()
    raised[position] += more
    assert trimmed_mean(raised) >= trimmed_mean(given_marks)
    assert plain_mean(raised) >= plain_mean(given_marks)


@given(MARKS)
def test_an_absent_judge_changes_nothing(given_marks):
    assert trimmed_mean([None, *given_marks]) == trimmed_mean(given_marks)
