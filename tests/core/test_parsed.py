"""The answer of every identifier reader."""

from core.parsed import Fault, Parsed, character_fault, refused

DOUBT = Fault("unusual", "请核对。", needs_reason=True)


def test_a_refused_identifier_has_no_canonical_form():
    answer = refused("uscc", Fault("length", "位数不对。"), country="CN")

    assert (answer.is_valid, answer.canonical, answer.country) == (False, "", "CN")
    assert [fault.code for fault in answer.faults] == ["length"]


def test_a_warning_lets_through_and_may_ask_for_a_reason():
    assert Parsed("us_grant", "US1", warnings=(DOUBT,)).is_valid
    assert Parsed("us_grant", "US1", warnings=(DOUBT,)).needs_reason
    assert not Parsed("us_grant", "US1", warnings=(Fault("year", "请核对。"),)).needs_reason


def test_the_first_foreign_character_is_named_with_its_mend():
    assert character_fault("123", "123", "申请号") is None
    assert character_fault("1O3", "123", "申请号").message == "申请号中不会出现字母“O”，请核对是否应为数字 0。"
    assert character_fault("1*Х", "123", "申请号").message == "申请号中不会出现“*”，请删去或改正这一位。"
    assert (
        character_fault("1Х", "123", "申请号").message
        == "申请号中不会出现“Х”（西里尔字母），请切换到英文输入法重新输入这一位。"
    )
