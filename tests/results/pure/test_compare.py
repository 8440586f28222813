"""What differs between two records."""

from __future__ import annotations

from results.pure.compare import Change, changes
from results.pure.record import compute
from tests.results.pure.result_inputs import preliminary_input, sample_final

MARKS = {"E01": ["90", "90", "90"], "E02": ["80", "80", "80"]}


def test_a_record_does_not_differ_from_itself():
    record = compute(sample_final())
    assert changes(record, record) == []


def test_a_corrected_mark_names_cause_and_effect():
    """E02: (95 + 95 + 92) / 3 = 94.00; both have no votes, so totals are 0.95 × the panel score."""
    before = compute(preliminary_input(MARKS, {}))
    after = compute(preliminary_input({**MARKS, "E02": ["95", "95", "92"]}, {}))
    assert changes(before, after) == [
        Change("mark", "E02", "J1", "80", "95"),
        Change("mark", "E02", "J2", "80", "95"),
        Change("mark", "E02", "J3", "80", "92"),
        Change("total", "E02", "", "76.00", "89.30"),
        Change("place", "E01", "", "1", "2"),
        Change("place", "E02", "", "2", "1"),
    ]


def test_a_disqualified_entry_leaves_every_list():
    before = compute(preliminary_input(MARKS, {"E01": 4}))
    given = preliminary_input(MARKS, {"E01": 4})
    given["entries"][0]["status"] = "disqualified"
    found = changes(before, compute(given))
    assert Change("status", "E01", "", "参评", "取消资格") in found
    assert Change("place", "E01", "", "1", "—") in found and Change("advance", "E01", "", "晋级", "—") in found


def test_changed_rules_are_told_as_sentences():
    given = preliminary_input(MARKS, {})
    given["rule_set"] = {**given["rule_set"], "weights": {"panel": "0.9", "public_vote": "0.1"}}
    found = [one for one in changes(compute(preliminary_input(MARKS, {})), compute(given)) if one.topic == "rules"]
    assert [(one.before[:4], one.after[:4]) for one in found] == [("初赛总分", "—"), ("—", "初赛总分")]
