import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fault import Fault
from judging.statistics import additive_fit, mixed_fit, outlying_sheets
from tests.judging.statistics.literature import SHROUT_FLEISS, table

SEVERITY = {"a": 4.0, "b": -2.0, "c": 0.0, "d": -2.0}
QUALITY = {"001": 80.0, "002": 90.0, "003": 70.0, "004": 85.0}


def made_of(pairs):
    return {
        entry: {judge: QUALITY[entry] + SEVERITY[judge] for judge in judges}
        for entry, judges in pairs.items()
    }


RING = made_of({"001": "abc", "002": "bcd", "003": "cda", "004": "dab"})


def test_without_chance_the_additive_fit_finds_what_the_marks_were_made_of():
    found = additive_fit(RING)
    assert found.judge_effects == pytest.approx(SEVERITY)
    assert found.adjusted == pytest.approx(QUALITY)
    assert found.raw["001"] == pytest.approx(80 + 2 / 3)
    assert found.residual_deviation == pytest.approx(0, abs=1e-6)


def test_random_effects_lie_between_nothing_and_the_additive_effects():
    rng = np.random.default_rng(7)
    noisy = {entry: {judge: mark + rng.normal(0, 3) for judge, mark in row.items()} for entry, row in RING.items()}
    fixed, random = additive_fit(noisy), mixed_fit(noisy)
    size = sum(abs(effect) for effect in random.judge_effects.values())
    assert 0 <= size < sum(abs(effect) for effect in fixed.judge_effects.values())


def test_judges_who_are_alike_are_not_told_apart():
    marks = {entry: dict.fromkeys("abcd", quality) for entry, quality in QUALITY.items()}
    found = mixed_fit(marks)
    assert all(abs(effect) < 0.01 for effect in found.judge_effects.values())
    assert found.adjusted == pytest.approx(QUALITY)


def test_the_variances_of_a_balanced_table_are_those_of_the_analysis_of_variance():
    """Restricted likelihood and analysis of variance agree on complete tables: rest 1.0194, judges (32.4861 − 1.0194) ÷ 6."""
    found = mixed_fit(SHROUT_FLEISS)
    assert found.residual_deviation**2 == pytest.approx(1.0194, abs=2e-3)
    assert found.judge_deviation**2 == pytest.approx(5.2444, abs=2e-2)
    assert found.adjusted == pytest.approx(found.raw)


def test_a_strict_judge_is_shown_as_strict_and_entries_are_freed_from_it():
    marks = made_of({"001": "abc", "002": "abd", "003": "bcd", "004": "acd"})
    fit = mixed_fit(marks)
    assert fit.judge_effects["a"] > 3 > 0 > fit.judge_effects["b"]
    assert abs(fit.adjusted["003"] - fit.adjusted["001"] + 10) < abs(fit.raw["003"] - fit.raw["001"] + 10)


def test_an_outlying_sheet_is_found():
    rng = np.random.default_rng(3)
    marks = {f"{one:03d}": {judge: 80 + one + rng.normal(0, 1) for judge in "abcde"} for one in range(12)}
    assert outlying_sheets(mixed_fit(marks), 3.5) == []
    marks["004"]["c"] -= 15
    first = outlying_sheets(mixed_fit(marks))[0]
    assert (first.entry, first.judge) == ("004", "c") and first.distance < -2.5


@pytest.mark.parametrize("fit", [additive_fit, mixed_fit])
def test_a_graph_that_falls_apart_is_refused_with_the_parts(fit):
    apart = {"001": {"a": 1, "b": 2}, "002": {"a": 3, "b": 4}, "003": {"c": 5, "d": 6}}
    with pytest.raises(Fault, match="分成互不相干的 2 块（各 2、1 个项目）") as refusal:
        fit(apart)
    assert refusal.value.code == "not_connected"


def test_one_mark_an_entry_is_refused():
    with pytest.raises(Fault) as refusal:
        mixed_fit(table("1 2 .", ". . 3"))
    assert refusal.value.code in ("not_connected", "too_few_marks")


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(0, 200), min_size=3, max_size=3), min_size=2, max_size=6),
    st.integers(-20, 20),
)
def test_more_for_everybody_changes_the_entries_and_no_judge(rows, more):
    marks = {row: dict(zip("abc", (value / 2 for value in values), strict=True)) for row, values in enumerate(rows)}
    raised = {row: {judge: mark + more for judge, mark in given.items()} for row, given in marks.items()}
    here, there = additive_fit(marks), additive_fit(raised)
    assert here.judge_effects == pytest.approx(there.judge_effects, abs=1e-6)
    assert {row: value + more for row, value in here.adjusted.items()} == pytest.approx(there.adjusted, abs=1e-6)
