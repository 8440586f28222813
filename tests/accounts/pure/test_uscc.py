"""Unified social credit codes: real ones, wrong ones, and python-stdnum as an oracle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from accounts.pure.uscc import ALPHABET, check_character, organisation_check_character, parse_uscc

VALID = [
    "91440606722473344C",
    "91440400192548256N",
    "91440300192317458F",
    "9144030071526726XG",
    "91330100799655058B",
    "914403001922038216",
    "91440300358236624L",
    "914403007703327657",
    "914403003595944902",
    "91440300MAK2KM7J4X",
    "91110108551385082Q",
    "91110000600037341L",
    "12100000400000624D",
    "12100000400002259P",
    "12100000455414429R",
    "914401011904817725",
]
BAD_CHECK = {
    "91440300618434016D": "8",
    "91440106MA3K9012EF": "A",
    "9144030071526726XH": "G",
    "A1110000600037341L": "K",
    "91440300715267260G": "N",
}
BODIES = st.builds(
    lambda first, second, region, organisation: first + second + f"{region:06d}" + organisation,
    st.sampled_from("123456789ANY"),
    st.sampled_from(ALPHABET),
    st.integers(0, 999_999),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def codes(raw):
    return [fault.code for fault in parse_uscc(raw).faults]


@pytest.mark.parametrize("code", VALID)
def test_a_real_code_is_accepted_without_a_warning(code):
    parsed = parse_uscc(code)

    assert (parsed.canonical, parsed.faults, parsed.warnings) == (code, (), ())


@pytest.mark.parametrize(("code", "expected"), BAD_CHECK.items())
def test_a_wrong_check_character_is_refused_and_the_right_one_named(code, expected):
    fault = parse_uscc(code).faults[0]

    assert fault.code == "check"
    assert fault.message == f"统一社会信用代码校验位不对。按前 17 位计算，最后一位应为 {expected}，请对照营业执照核对。"


def test_a_wrong_organisation_code_inside_is_a_warning():
    parsed = parse_uscc("91440101F0E3LB8770")

    assert parsed.is_valid
    assert [warning.code for warning in parsed.warnings] == ["organisation_check"]
    assert parsed.warnings[0].message == "代码中的组织机构代码（第 9—17 位）校验位应为 0，现为 7，请对照营业执照核对。"


def test_a_letter_in_front_is_legal_though_the_oracle_refuses_it():
    assert parse_uscc("N2440703MF12345673").is_valid
    assert not oracle.is_valid("N2440703MF12345673")


@pytest.mark.parametrize("code", ["91440702MA37C7FEC0", "91440704MAN3682LJ0"])
def test_a_sum_without_remainder_gives_the_check_character_zero(code):
    assert check_character(code[:17]) == "0"
    assert parse_uscc(code).is_valid


@pytest.mark.parametrize(
    "raw",
    ["91440606722473344c", " 91440606 7224 73344C ", "９１４４０６０６７２２４７３３４４Ｃ", "统一社会信用代码：91440606722473344C"],
)
def test_a_code_is_read_however_it_is_written(raw):
    assert parse_uscc(raw).canonical == "91440606722473344C"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("9144060672247334C", "length"),
        ("440703000012345", "length"),
        ("9144O606722473344C", "character"),
        ("91440606722473344С", "character"),  # Cyrillic С
        ("9144060672247334٤C", "character"),
        ("01440606722473344C", "authority"),
        ("B1440606722473344C", "authority"),
        ("91A40606722473344C", "region"),
        ("", "empty"),
    ],
)
def test_another_text_is_refused(raw, code):
    assert codes(raw) == [code]
    assert parse_uscc(raw).canonical == ""


def test_a_letter_typed_for_a_digit_is_pointed_out():
    message = parse_uscc("9144O606722473344C").faults[0].message

    assert message == "统一社会信用代码中不会出现字母“O”，请核对是否应为数字 0。"


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [("91", "enterprise"), ("92", "self_employed"), ("93", "farmers_cooperative"), ("11", "government"),
     ("12", "public_institution"), ("51", "social_organisation"), ("52", "social_organisation"),
     ("53", "social_organisation"), ("N2", "")],
)  # fmt: skip
def test_the_prefix_tells_the_kind_of_entity(prefix, kind):
    body = f"{prefix}440703MA000001" + organisation_check_character("MA000001")

    parsed = parse_uscc(body + check_character(body))
    assert (parsed.kind, parsed.faults, parsed.warnings) == (kind, (), ())


@given(BODIES)
def test_the_check_character_agrees_with_the_oracle(body):
    code = body + check_character(body)

    assert check_character(body) == oracle.calc_check_digit(body)
    assert parse_uscc(code).canonical == code
    if body[:2].isdigit():
        assert oracle.is_valid(code)


@given(BODIES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_caught(body, place, wrong):
    code = body + check_character(body)
    if code[place] != wrong:
        assert not parse_uscc(code[:place] + wrong + code[place + 1 :]).is_valid


@given(BODIES, st.integers(0, 16))
def test_every_swap_of_unequal_neighbours_is_caught(body, place):
    code = body + check_character(body)
    if code[place] != code[place + 1]:
        assert not parse_uscc(code[:place] + code[place + 1] + code[place] + code[place + 2 :]).is_valid


@given(st.text() | st.text(ALPHABET + "IOSVZ -Сс\ud800", max_size=20))
def test_no_text_makes_the_reader_raise(raw):
    parsed = parse_uscc(raw)

    assert bool(parsed.canonical) is parsed.is_valid
    for fault in parsed.faults:
        fault.message.encode("utf-8")


@pytest.mark.parametrize("function", [check_character, organisation_check_character])
def test_no_check_character_for_another_body(function):
    for body in ("", "1" * 9, "1" * 18, "O" * 17, "O" * 8):
        with pytest.raises(ValueError, match="characters"):
            function(body)
