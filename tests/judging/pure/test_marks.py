from decimal import Decimal

import pytest

from core.fault import Fault
from judging.pure.marks import Criterion, criterion_score, judge_total

QUALITY = Criterion("A1", "核心专利质量", Decimal(15))
TEAM = Criterion("E", "团队", Decimal(5), Decimal("0.1"), Decimal("1.2"))


@pytest.mark.parametrize("score", ["0", "0.5", "14.50", "15"])
def test_scores_on_the_step_are_taken(score):
    assert criterion_score(Decimal(score), QUALITY) == Decimal(score)


@pytest.mark.parametrize(
    ("score", "code"),
    [("15.5", "score_out_of_range"), ("-0.5", "score_out_of_range"), ("14.3", "score_off_step"), ("NaN", "not_exact")],
)
def test_other_scores_are_refused(score, code):
    with pytest.raises(Fault) as refusal:
        criterion_score(Decimal(score), QUALITY)
    assert refusal.value.code == code


def test_the_refusal_says_what_may_be_given():
    with pytest.raises(Fault, match="“核心专利质量”应在 0 至 15 分之间，现为 16 分。"):
        criterion_score(Decimal(16), QUALITY)


def test_the_total_is_exact():
    assert str(judge_total({"A1": Decimal("12.5"), "E": Decimal("4.3")}, [QUALITY, TEAM])) == "17.66"


@pytest.mark.parametrize(
    ("scores", "part"),
    [
        ({"A1": Decimal(1)}, "还有评分项没有打分：团队"),
        ({"A1": Decimal(1), "E": None}, "还有评分项没有打分：团队"),
        ({"A1": Decimal(1), "E": Decimal(1), "X": Decimal(1)}, "没有这些评分项：X"),
    ],
)
def test_an_incomplete_sheet_is_refused(scores, part):
    with pytest.raises(Fault, match=part):
        judge_total(scores, [QUALITY, TEAM])


def test_an_empty_rubric_is_refused():
    with pytest.raises(Fault, match="评分表为空"):
        judge_total({}, [])


@pytest.mark.parametrize(
    "fields",
    [
        ("", "名", Decimal(5)),
        ("A", "名", Decimal(0)),
        ("A", "名", Decimal(5), Decimal(0)),
        ("A", "名", Decimal(5), Decimal(1), Decimal(0)),
        ("A", "名", Decimal(5), Decimal("0.3")),
    ],
)
def test_a_criterion_that_cannot_be_used_is_refused(fields):
    with pytest.raises(Fault) as refusal:
        Criterion(*fields)
    assert refusal.value.code == "bad_criterion"
