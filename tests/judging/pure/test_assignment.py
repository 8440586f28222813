from dataclasses import replace

import pytest

from judging.pure.assignment import Demand, Judge, Subject, broken_rules, components, match_points, shared_ipc

PAINT = Subject("047", "advanced_materials", frozenset({"C09D", "B05D"}))


@pytest.mark.parametrize(
    ("judge", "points", "shared"),
    [
        (Judge("a"), 0, ()),
        (Judge("a", industries=frozenset({"advanced_materials"})), 2, ()),
        (Judge("a", ipc=frozenset({"C09D", "A01B"})), 2, ("C09D",)),
        (Judge("a", ipc=frozenset({"C09K"})), 1, ("C09",)),
        (Judge("a", ipc=frozenset({"C09"})), 1, ("C09",)),
        (Judge("a", industries=frozenset({"advanced_materials"}), ipc=frozenset({"C09D", "B05D"})), 4, ("B05D", "C09D")),
        (Judge("a", industries=frozenset({""})), 0, ()),
    ],
)
def test_how_well_a_judge_fits(judge, points, shared):
    assert match_points(judge, PAINT) == points
    assert shared_ipc(judge, PAINT) == shared


def test_an_entry_without_a_field_fits_nobody():
    assert match_points(Judge("a", industries=frozenset({"", "x"}), ipc=frozenset({"C09D"})), Subject("001")) == 0


def test_components_of_a_split_field():
    assert components({"a": ["1", "2"], "b": ["3"], "c": ["2", "3"], "d": ["9"]}) == [{"a", "b", "c"}, {"d"}]


ASKED = Demand(tuple(Judge(label) for label in "abcdef"), (Subject("001"), Subject("002")), 3, cap=2)
RIGHT = {"001": "abc", "002": "ade"}


def test_every_broken_rule_is_named():
    assert broken_rules(ASKED, RIGHT) == []
    assert broken_rules(ASKED, {"001": "abc"}) == ["项目 002 应有 3 位不同的评委，现为 0 位。"]
    assert broken_rules(ASKED, {"001": "aab", "002": "axy"})[0] == "项目 001 应有 3 位不同的评委，现为 2 位。"
    assert broken_rules(ASKED, {"001": "abc", "002": "def"}) == ["项目按共同评委分成互不相干的几块，评分无法相互比较。"]
    assert broken_rules(replace(ASKED, cap=1), RIGHT) == ["a分到 2 个项目，超过上限。"]
    assert broken_rules(replace(ASKED, conflicts=frozenset({("a", "002")})), RIGHT) == ["a与项目 002 有回避关系。"]
    assert broken_rules(replace(ASKED, fixed=frozenset({("f", "001")})), RIGHT) == ["f已开始评项目 001，不能调走。"]
