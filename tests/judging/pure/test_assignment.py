from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fault import Fault
from judging.pure.assignment import assign_judges, components

ENTRIES = [f"E{number:02}" for number in range(70)]
JUDGES = [f"J{number:02}" for number in range(14)]


def loads(assignment) -> Counter:
    return Counter(judge for marking in assignment.values() for judge in marking)


def test_seventy_entries_five_judges_each():
    found = assign_judges(ENTRIES, JUDGES, 5, seed="2026")
    assert set(found) == set(ENTRIES)
    assert all(len(set(marking)) == 5 for marking in found.values())
    assert set(loads(found).values()) == {25}
    assert len(components(found)) == 1


def test_the_seed_decides_and_the_order_of_the_lists_does_not():
    first = assign_judges(ENTRIES, JUDGES, 3, seed=1)
    assert assign_judges(ENTRIES[::-1], JUDGES[::-1], 3, seed=1) == first
    assert assign_judges(ENTRIES, JUDGES, 3, seed=2) != first


def test_conflicts_are_excluded_and_loads_stay_even():
    conflicts = {("J00", entry) for entry in ENTRIES[:40]} | {("J01", "E69"), ("J02", "E69")}
    found = assign_judges(ENTRIES, JUDGES, 5, conflicts=conflicts, seed=7)
    assert not [pair for pair in conflicts if pair[0] in found[pair[1]]]
    assert max(loads(found).values()) - min(loads(found).values()) <= 1


def test_full_judges_pass_entries_on_until_a_tight_cap_fits():
    conflicts = [(judge, entry) for judge in ("J0", "J1") for entry in ("E0", "E1", "E2")]
    found = assign_judges([f"E{n}" for n in range(6)], [f"J{n}" for n in range(6)], 3, conflicts=conflicts, cap=3)
    assert set(loads(found).values()) == {3}
    assert all(not {"J0", "J1"} & set(found[entry]) for entry in ("E0", "E1", "E2"))


def test_separate_blocks_are_joined_even_at_the_cost_of_even_loads():
    for seed in range(20):
        found = assign_judges(["E1", "E2"], [f"J{n}" for n in range(6)], 3, seed=seed)
        assert set(found["E1"]) & set(found["E2"])
    with pytest.raises(Fault, match="互不相干"):
        assign_judges(["E1", "E2"], [f"J{n}" for n in range(6)], 3, cap=1)


def test_separate_blocks_are_joined_by_swapping_when_that_keeps_loads_even():
    for seed in range(20):
        found = assign_judges(["E1", "E2", "E3", "E4"], [f"J{n}" for n in range(6)], 3, seed=seed)
        assert set(loads(found).values()) == {2} and len(components(found)) == 1


@pytest.mark.parametrize(
    ("fields", "code", "part"),
    [
        ({"per_entry": 2}, "too_few_per_entry", "至少需要 3 位评委"),
        ({"per_entry": 15}, "too_few_judges", "只有 14 位评委可用"),
        ({"per_entry": 3, "cap": 14}, "cap_too_low", "共 210 份；14 位评委每人至多 14 份，只能承担 196 份"),
        ({"per_entry": 3, "conflicts": [(f"J{n:02}", "E05") for n in range(12)]}, "too_few_judges", "项目 E05 "),
    ],
)
def test_the_impossible_is_refused_with_the_reason(fields, code, part):
    with pytest.raises(Fault, match=part) as refusal:
        assign_judges(ENTRIES, JUDGES, **fields)
    assert refusal.value.code == code


def test_a_cap_that_conflicts_make_too_low_is_refused():
    judges = [f"J{n}" for n in range(6)]
    conflicts = [(judge, entry) for judge in judges[3:] for entry in ("E0", "E1", "E2")]
    with pytest.raises(Fault, match="凑不齐 3 位评委"):
        assign_judges([f"E{n}" for n in range(4)], judges, 3, conflicts=conflicts, cap=2)


def test_conflicts_that_split_the_field_are_refused():
    judges = [f"J{n}" for n in range(6)]
    conflicts = [(j, e) for j in judges[:3] for e in ("E2", "E3")] + [(j, e) for j in judges[3:] for e in ("E0", "E1")]
    with pytest.raises(Fault, match="互不相干") as refusal:
        assign_judges(["E0", "E1", "E2", "E3"], judges, 3, conflicts=conflicts)
    assert refusal.value.code == "not_connected"


def test_components_of_a_split_field():
    assert components({"a": ["1", "2"], "b": ["3"], "c": ["2", "3"], "d": ["9"]}) == [{"a", "b", "c"}, {"d"}]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(4, 12), st.integers(5, 9), st.sets(st.tuples(st.integers(0, 8), st.integers(0, 11)), max_size=12),
    st.integers(0, 10**6),
)  # fmt: skip
def test_whatever_is_assigned_keeps_all_promises(entry_count, judge_count, conflict_numbers, seed):
    conflicts = {(f"J{judge}", f"E{entry}") for judge, entry in conflict_numbers}
    cap = -(-entry_count * 3 // judge_count) + 1
    entries = [f"E{n}" for n in range(entry_count)]
    try:
        found = assign_judges(
            entries, [f"J{n}" for n in range(judge_count)], 3, conflicts=conflicts, cap=cap, seed=seed
        )
    except Fault as fault:
        assert fault.code in ("too_few_judges", "cap_too_low", "not_connected")
        return
    assert sorted(found) == sorted(entries) and all(len(set(marking)) == 3 for marking in found.values())
    assert max(loads(found).values()) <= cap
    assert not [pair for pair in conflicts if pair[0] in found.get(pair[1], ())]
    assert len(components(found)) == 1


def banned(text: str) -> list[tuple[str, str]]:
    """`0:1,2 3:0`: judge J0 may not mark E1 and E2, judge J3 not E0."""
    rows = (row.split(":") for row in text.split())
    return [(f"J{judge}", f"E{entry}") for judge, entries in rows for entry in entries.split(",")]


def test_a_busy_judge_hands_an_entry_to_an_idle_one():
    conflicts = banned("0:1 1:2 2:1 3:0 4:2 7:1,2")
    found = assign_judges(["E0", "E1", "E2"], [f"J{n}" for n in range(8)], 3, conflicts=conflicts, cap=3, seed=3)
    assert sorted(loads(found).values()) == [1] * 5 + [2] * 2 and len(components(found)) == 1


def test_joining_leaves_alone_what_would_only_shift_the_gap():
    conflicts = banned("0:0,2 1:0,2,3 10:1 2:1 5:1 6:0,3 7:1,3 8:0,1,3 9:0,1")
    found = assign_judges([f"E{n}" for n in range(4)], [f"J{n}" for n in range(11)], 3, conflicts=conflicts, seed=8)
    assert len(components(found)) == 1 and all(len(set(marking)) == 3 for marking in found.values())
    assert not [pair for pair in conflicts if pair[0] in found[pair[1]]]
