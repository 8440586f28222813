from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fault import Fault
from judging import assignment_solver
from judging.pure.assignment import Demand, Judge, Subject, broken_rules, components, match_points

ENTRIES = [f"E{number:02}" for number in range(70)]
JUDGES = [f"J{number:02}" for number in range(14)]


def demand(entries, judges, per_entry, *, conflicts=(), cap=None, seed=0) -> Demand:
    return Demand(
        tuple(Judge(label) for label in judges),
        tuple(Subject(code) for code in entries),
        per_entry,
        conflicts=frozenset(conflicts),
        cap=cap,
        seed=str(seed),
    )


def assign_judges(*args, **more) -> dict[str, tuple[str, ...]]:
    return assignment_solver.assign_judges(demand(*args, **more))


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
        ({"per_entry": 3, "cap": 14}, "cap_too_low", "共需 210 份评分；14 位评委每人至多 14 份，只能承担 196 份"),
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
    with pytest.raises(Fault, match="凑不齐每个项目 3 位评委；上限至少要 3 个"):
        assign_judges([f"E{n}" for n in range(4)], judges, 3, conflicts=conflicts, cap=2)


def test_conflicts_that_split_the_field_are_refused():
    judges = [f"J{n}" for n in range(6)]
    conflicts = [(j, e) for j in judges[:3] for e in ("E2", "E3")] + [(j, e) for j in judges[3:] for e in ("E0", "E1")]
    with pytest.raises(Fault, match="互不相干") as refusal:
        assign_judges(["E0", "E1", "E2", "E3"], judges, 3, conflicts=conflicts)
    assert refusal.value.code == "not_connected"


SMALL = st.tuples(
    st.integers(1, 4),
    st.integers(3, 5),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=6),
    st.one_of(st.none(), st.integers(1, 4)),
)


def possible(asked: Demand) -> bool:
    """Whether any assignment keeps every rule, by trying them all."""
    labels = [judge.label for judge in asked.judges]
    choices = [list(combinations(labels, asked.per_entry)) for _ in asked.entries]
    codes = [entry.code for entry in asked.entries]
    return any(not broken_rules(asked, dict(zip(codes, chosen, strict=True))) for chosen in product(*choices))


@settings(max_examples=60)
@given(SMALL, st.integers(0, 10**6))
def test_every_rule_holds_or_the_refusal_is_right(shape, seed):
    entries, judges, banned_numbers, cap = shape
    conflicts = [(f"J{judge}", f"E{entry}") for judge, entry in banned_numbers]
    asked = demand([f"E{n}" for n in range(entries)], [f"J{n}" for n in range(judges)], 3, conflicts=conflicts, cap=cap, seed=seed)
    try:
        found = assignment_solver.assign_judges(asked)
    except Fault as fault:
        assert not possible(asked)
        raised = demand([f"E{n}" for n in range(entries)], [f"J{n}" for n in range(judges)], 3, conflicts=conflicts, seed=seed)
        named = {"cap_too_low": "capped", "not_connected": "parts", "too_few_judges": "conflicts"}[fault.code]
        if named == "conflicts":
            assert not possible(raised)  # without any cap it is impossible too
        return
    assert broken_rules(asked, found) == []


@settings(max_examples=15)
@given(
    st.integers(10, 40), st.integers(6, 12), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 39)), max_size=40),
    st.integers(3, 5), st.integers(0, 10**6),
)  # fmt: skip
def test_caps_conflicts_number_and_connection_hold_on_large_random_fields(entries, judges, banned_numbers, k, seed):
    conflicts = [(f"J{judge}", f"E{entry}") for judge, entry in banned_numbers]
    cap = -(-entries * k // judges) + 1
    asked = demand([f"E{n}" for n in range(entries)], [f"J{n}" for n in range(judges)], k, conflicts=conflicts, cap=cap, seed=seed)
    try:
        found = assignment_solver.assign_judges(asked)
    except Fault as fault:
        assert fault.code in ("too_few_judges", "cap_too_low")
        return
    assert broken_rules(asked, found) == []


@settings(max_examples=15)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 19)), max_size=30), st.data())
def test_after_a_recusal_begun_sheets_stay_and_little_else_moves(banned_numbers, data):
    conflicts = [(f"J{judge}", f"E{entry}") for judge, entry in banned_numbers]
    asked = demand([f"E{n}" for n in range(20)], [f"J{n}" for n in range(8)], 3, conflicts=conflicts, seed=1)
    try:
        before = assignment_solver.assign_judges(asked)
    except Fault:
        return
    held = {(judge, code) for code, marking in before.items() for judge in marking}
    begun = data.draw(st.sets(st.sampled_from(sorted(held)), max_size=20))
    gone = data.draw(st.sampled_from(sorted(held)))
    again = replace(asked, conflicts=asked.conflicts | {gone}, fixed=frozenset(begun - {gone}), held=frozenset(held))
    try:
        after = assignment_solver.assign_judges(again)
    except Fault as fault:
        assert fault.code == "too_few_judges"
        return
    assert broken_rules(again, after) == []
    assert len(held - {(judge, code) for code, marking in after.items() for judge in marking}) <= 4


EXPERTS = tuple(
    Judge(f"J{n}", kind, frozenset({f"industry{n % 4}"}), frozenset({f"C0{n % 4}D"}))
    for n, kind in enumerate(["technical"] * 4 + ["ip"] * 2 + ["investment"] * 2)
)


def test_every_entry_gets_a_judge_of_its_field_and_of_each_kind():
    entries = tuple(Subject(f"E{n:02}", f"industry{n % 4}", frozenset({f"C0{n % 4}B"})) for n in range(16))
    asked = Demand(EXPERTS, entries, 4, seed="x")
    found = assignment_solver.assign_judges(asked)
    by_label = {judge.label: judge for judge in EXPERTS}
    for entry in entries:
        given_judges = [by_label[label] for label in found[entry.code]]
        assert any(match_points(judge, entry) == 3 for judge in given_judges)
        assert {judge.kind for judge in given_judges} == {"technical", "ip", "investment"}
    assert set(loads(found).values()) == {8}


def test_a_judge_who_began_more_than_the_cap_allows_is_named():
    asked = replace(demand(ENTRIES, JUDGES, 3, cap=16), fixed=frozenset(("J00", entry) for entry in ENTRIES[:17]))
    with pytest.raises(Fault, match="J00已开始评 17 个项目，超过每人 16 个的上限"):
        assignment_solver.assign_judges(asked)


def test_what_was_begun_stays_even_beyond_the_number_and_in_spite_of_a_conflict():
    begun = frozenset((f"J0{n}", "E00") for n in range(6))
    asked = replace(demand(ENTRIES, JUDGES, 5, conflicts=[("J00", "E00")]), fixed=begun)
    found = assignment_solver.assign_judges(asked)
    assert found["E00"] == tuple(f"J0{n}" for n in range(6)) and broken_rules(asked, found) == []


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
