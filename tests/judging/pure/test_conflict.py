import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.pure.conflict import EntryFacts, JudgeFacts, find_conflicts, same_body, split_names

ENTRY = EntryFacts(
    bodies=("示例企业甲有限公司", "五邑大学"), inventors=("张三", "Wang Wu", "李四"), contacts=frozenset({"a@example.invalid"})
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例企业甲有限公司", "示例企业甲", True),
        ("示例企业甲股份有限公司", "示例企业甲有限责任公司", True),
        ("五邑大学", "五邑大学机电工程学院", True),
        ("示例企业甲", "示例企业乙", False),
        ("广东", "广东工业大学", False),
        ("", "", False),
        ("公司", "有限公司", False),
        ("ＡＢＣ 公司", "abc公司", True),
    ],
)
def test_the_same_body_under_another_name(one, other, same):
    assert same_body(one, other) is same and same_body(other, one) is same


@pytest.mark.parametrize(
    ("judge", "codes"),
    [
        (JudgeFacts("王评"), []),
        (JudgeFacts("王评", employer="五邑大学机电工程学院"), ["employer"]),
        (JudgeFacts("王评", past_employers=("乙公司", "示例企业甲")), ["past"]),
        (JudgeFacts("张三"), ["inventor"]),
        (JudgeFacts("wang wu"), ["inventor"]),
        (JudgeFacts("王评", contacts=frozenset({"a@example.invalid"})), ["contact"]),
        (JudgeFacts("李四", employer="示例企业甲", contacts=frozenset({"a@example.invalid"})), ["contact", "employer", "inventor"]),
        (JudgeFacts(""), []),
    ],
)
def test_what_judge_and_entry_have_in_common(judge, codes):
    assert [one.code for one in find_conflicts(judge, ENTRY)] == codes


def test_names_are_split_as_people_write_them():
    assert split_names("张三、李四；Wang Wu, 王五/赵六 钱七") == ["张三", "李四", "Wang Wu", "王五", "赵六", "钱七"]
    assert split_names(" ；、") == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_sameness_is_mutual(one, other):
    assert same_body(one, other) == same_body(other, one)
