"""What changed between two contents."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.pure.difference import Change, changes_between, segments

CORE = {"number": "202210000101.3", "title": "甲法", "type": "invention", "is_core": True}
SECOND = {"number": "202310000712.3", "title": "乙装置", "type": "utility_model", "is_core": False}
FILE = {"kind": "proposal", "name": "申报书.pdf", "sha256": "a" * 64, "size": 10}


def content(**changes: object) -> dict:
    base = {
        "entry": "e",
        "group": "",
        "track": "patent",
        "project": {"title": "陈皮仓", "summary": "旧简介"},
        "applicants": [{"name": "示例企业丁", "uscc": "X", "revenue": "1.00"}],
        "assets": [CORE, SECOND],
        "files": [FILE],
        "is_display_consented": True,
        "is_truth_declared": True,
    }
    return {**copy.deepcopy(base), **changes}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, []),
        ({"group": "growth"}, []),
        ({"track": "design"}, [Change("track", "changed", "patent", "design")]),
        ({"is_truth_declared": False}, [Change("is_truth_declared", "changed", True, False)]),
        ({"project": {"title": "陈皮仓", "summary": "新"}}, [Change("summary", "changed", "旧简介", "新")]),
        (
            {"applicants": [{"name": "示例企业丁", "uscc": "X", "revenue": "2.00"}]},
            [Change("applicant.1.revenue", "changed", "1.00", "2.00")],
        ),
        (
            {"assets": [CORE, {**SECOND, "number": "202310000712.2"}]},
            [Change("asset.2.number", "changed", "202310000712.3", "202310000712.2")],
        ),
        ({"assets": [{**CORE, "type": "design"}, SECOND]}, [Change("asset.1.asset_type", "changed", "invention", "design")]),
        ({"assets": [CORE]}, [Change("asset.2", "removed", SECOND, None)]),
        ({"assets": [SECOND, CORE]}, []),
        ({"assets": [CORE, SECOND, {**SECOND, "number": "3"}]}, [Change("asset.3", "added", None, {**SECOND, "number": "3"})]),
        ({"files": []}, [Change("file.proposal", "removed", FILE, None)]),
        (
            {"files": [{**FILE, "sha256": "b" * 64}]},
            [Change("file.proposal", "changed", FILE, {**FILE, "sha256": "b" * 64})],
        ),
        (
            {"files": [FILE, {**FILE, "kind": "other", "sha256": "c" * 64}]},
            [Change("file.other", "added", None, {**FILE, "kind": "other", "sha256": "c" * 64})],
        ),
    ],
)
def test_each_kind_of_change_is_named_as_comments_name_it(after: dict, expected: list[Change]) -> None:
    assert changes_between(content(), content(**after)) == expected


def test_rows_without_a_number_answer_to_each_other_in_order() -> None:
    before = content(assets=[{**CORE, "number": ""}, {**SECOND, "number": ""}])
    after = content(assets=[{**CORE, "number": ""}, {**SECOND, "number": "1"}])
    assert changes_between(before, after) == [Change("asset.2.number", "changed", "", "1")]


def test_long_texts_are_compared_clause_by_clause() -> None:
    assert segments("甲，乙。丙。", "甲，丁。丙。") == [("same", "甲，"), ("gone", "乙。"), ("new", "丁。"), ("same", "丙。")]


@given(st.text("甲乙，。\n", max_size=40), st.text("甲乙，。\n", max_size=40))
def test_segments_hold_both_texts(before: str, after: str) -> None:
    parts = segments(before, after)
    assert "".join(text for kind, text in parts if kind != "new") == before
    assert "".join(text for kind, text in parts if kind != "gone") == after
