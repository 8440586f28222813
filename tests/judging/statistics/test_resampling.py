from decimal import Decimal

import pytest

from competitions.pure.panel_rule import PanelRule
from core.fault import Fault
from judging.pure.panel import plain_mean
from judging.statistics import judge_bootstrap_ranks, leave_one_judge_out

PLAIN, TRIMMED = PanelRule(), PanelRule(method="trimmed")
CLEAR = {entry: {judge: Decimal(base + number) for number, judge in enumerate("abcde")} for entry, base in {"001": 90, "002": 60, "003": 30}.items()}
CLOSE = {"001": {"a": 80, "b": 90, "c": 70}, "002": {"a": 79, "b": 85, "c": 78}}


def winner(marks):
    means = {entry: plain_mean(list(row.values())) for entry, row in marks.items()}
    return max(means, key=lambda entry: means[entry])


def test_every_judge_is_left_out_once():
    marks = {"001": {"a": Decimal(95), "b": Decimal(80)}, "002": {"a": Decimal(80), "b": Decimal(90), "c": None}}
    assert leave_one_judge_out(marks, winner) == {"a": "002", "b": "001"}


def test_where_nothing_is_left_the_refusal_stands():
    marks = {"001": {"a": Decimal(95)}, "002": {"a": Decimal(80), "b": Decimal(90)}}
    found = leave_one_judge_out(marks, winner)
    assert isinstance(found["a"], Fault) and found["a"].code == "no_marks"
    assert found["b"] == "001"


def test_entries_far_apart_never_change_places():
    for rule in (PLAIN, TRIMMED):
        found = judge_bootstrap_ranks(CLEAR, rule, seed=1, draws=200)
        assert [found.interval(entry) for entry in found.entries] == [(1, 1), (2, 2), (3, 3)]
        assert found.share_within("002", 1) == 0 and found.share_within("002", 2) == 1


def test_the_seed_decides():
    first, again = (judge_bootstrap_ranks(CLOSE, PLAIN, seed=5, draws=300) for _ in range(2))
    assert (first.places == again.places).all()
    assert (first.places != judge_bootstrap_ranks(CLOSE, PLAIN, seed=6, draws=300).places).any()
    assert first.interval("001") == (1, 2) and 0.2 < first.share_within("001", 1) < 0.8


def test_with_gaps_each_entrys_own_marks_are_drawn():
    marks = {"001": {"a": 90, "b": 95, "c": None}, "002": {"b": 60, "c": 70}, "003": {"a": 10, "c": 20}}
    found = judge_bootstrap_ranks(marks, PLAIN, seed=1, draws=100)
    assert [found.interval(entry) for entry in found.entries] == [(1, 1), (2, 2), (3, 3)]


def test_points_of_other_parts_are_added_to_the_weighted_panel_score():
    found = judge_bootstrap_ranks(CLEAR, PLAIN, seed=1, draws=50, weight=0.1, other_points={"003": Decimal(50)})
    assert found.interval("003") == (1, 1)


def test_trimming_needs_the_marks_of_the_rule():
    odd = {"001": {"a": 100, "b": 100, "c": 0}, "002": {"a": 60, "b": 60, "c": 60}}
    assert judge_bootstrap_ranks(odd, TRIMMED, seed=1, draws=400).share_within("002", 1) > 0.1


def test_an_entry_without_marks_is_refused():
    with pytest.raises(Fault, match="没有任何有效评分"):
        judge_bootstrap_ranks({**CLEAR, "004": {"a": None}}, PLAIN, seed=1)
