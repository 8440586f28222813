"""Chinese application numbers: the vectors of the standard, real numbers, and proofs of what the check catches."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.pure.application_number import (
    KIND_BY_DIGIT,
    check_character,
    make_application_number,
    parse_application_number,
)

DATA = Path(__file__).parent / "data" / "cn_application_numbers.csv"
with DATA.open(encoding="utf-8", newline="") as stream:
    REAL = [row["number"] for row in csv.DictReader(stream)]

LONG_NUMBERS = st.builds(
    make_application_number,
    st.integers(2003, 2099),
    st.sampled_from(sorted(KIND_BY_DIGIT)),
    st.integers(0, 9_999_999),
)
SHORT_BODIES = st.builds(
    lambda year, kind, serial: f"{year % 100:02d}{kind}{serial:05d}",
    st.integers(1985, 2003),
    st.sampled_from(sorted(KIND_BY_DIGIT)),
    st.integers(0, 99_999),
)
NUMBERS = LONG_NUMBERS | SHORT_BODIES.map(lambda body: f"{body}.{check_character(body)}")


def codes(raw):
    return [fault.code for fault in parse_application_number(raw).faults]


def swapped(text, first, second):
    letters = list(text)
    letters[first], letters[second] = letters[second], letters[first]
    return "".join(letters)


def dotted(characters):
    return f"{characters[:-1]}.{characters[-1]}"


def test_the_data_file_holds_the_44_published_numbers():
    assert len(REAL) == len(set(REAL)) == 44


@pytest.mark.parametrize("number", REAL)
def test_a_published_number_is_accepted_as_it_stands(number):
    parsed = parse_application_number(number)

    assert (parsed.canonical, parsed.faults, parsed.warnings) == (number, (), ())


@pytest.mark.parametrize("number", REAL)
def test_every_wrong_character_of_a_published_number_is_caught(number):
    bare = number.replace(".", "")
    for place, right in enumerate(bare):
        for wrong in "0123456789X" if place == len(bare) - 1 else "0123456789":
            if wrong != right:
                assert "check" in codes(dotted(bare[:place] + wrong + bare[place + 1 :]))


@pytest.mark.parametrize(
    ("raw", "canonical", "kind", "prefix"),
    [
        ("ZL201910699568.X", "201910699568.X", "invention", "ZL"),
        ("zl 2019 1 0699568.x", "201910699568.X", "invention", "ZL"),
        ("ＺＬ２０１９１０６９９５６８．Ｘ", "201910699568.X", "invention", "ZL"),
        ("201910699568。X", "201910699568.X", "invention", ""),
        ("CN202310892349.X", "202310892349.X", "invention", "CN"),
        ("CN202310892349X", "202310892349.X", "invention", "CN"),
        ("2023103977440", "202310397744.0", "invention", ""),
        ("专利号：ZL 2025 1 1400055.6", "202511400055.6", "invention", "ZL"),
        ("申请号: 202310397744.0", "202310397744.0", "invention", ""),
        ("申请（专利）号：CN202310397744.0", "202310397744.0", "invention", "CN"),
        ("ZL201930071397.7", "201930071397.7", "design", "ZL"),
        ("ZL201780021199.8", "201780021199.8", "invention", "ZL"),
        ("ZL201922156545.2", "201922156545.2", "utility_model", "ZL"),
        ("ZL98211883.X", "98211883.X", "utility_model", "ZL"),
        ("ZL 002 37710.1", "00237710.1", "utility_model", "ZL"),
        ("ZL00814037.5", "00814037.5", "invention", "ZL"),
        ("\u200bZL2019-1069-9568.X\u202c", "201910699568.X", "invention", "ZL"),
    ],
)
def test_a_number_is_read_however_it_is_written(raw, canonical, kind, prefix):
    parsed = parse_application_number(raw)

    assert (parsed.canonical, parsed.kind, parsed.prefix, parsed.country) == (canonical, kind, prefix, "CN")
    assert (parsed.faults, parsed.warnings) == ((), ())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ZL202010000001.0", ["check"]),
        ("ZL20221955451.7", ["length"]),
        ("ZL202411074110", ["check_missing"]),
        ("201910699568", ["check_missing"]),
        ("201910699568.", ["check_missing"]),
        ("202450123456.7", ["kind", "check"]),
        ("ZL2018XXXXXX.1", ["placeholder"]),
        ("201910699568.Х", ["character"]),  # Cyrillic Х
        ("201910699568.Χ", ["character"]),  # Greek Χ
        ("٢٠١٩١٠٦٩٩٥٦٨.X", ["character"]),
        ("2O1910699568.X", ["character"]),
        ("CN117129738A", ["publication_number"]),
        ("199810699568.0", ["year", "check"]),
        ("04211883.0", ["year", "check"]),
        ("98211883", ["check_missing"]),
        ("2019.10699568X", ["dot"]),
        ("201910699568..", ["dot"]),
        ("ZL", ["length"]),
        ("", ["empty"]),
        ("专利号：", ["empty"]),
    ],
)
def test_a_wrong_number_is_refused_with_every_fault(raw, expected):
    assert codes(raw) == expected
    assert parse_application_number(raw).canonical == ""


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("202010000001.0", "申请号校验位不对。按前 12 位计算，最后一位应为 1，请对照受理通知书核对。"),
        ("98211883.1", "申请号校验位不对。按前 8 位计算，最后一位应为 X，请对照受理通知书核对。"),
        ("ZL202411074110", "缺少校验位，应补 2。"),
        ("201910699568", "缺少校验位，应补 X。"),
        ("ZL20221955451.7", "位数应为 12 位，现为 11 位（不计校验位），请对照受理通知书核对。"),
        ("9821188.3", "位数应为 8 位，现为 7 位（不计校验位），请对照受理通知书核对。"),
        ("CN117129738A", "CN117129738A 是公开（公告）号，请填到“公开（公告）号”一栏，这里填写申请号。"),
        ("201910699568.Х", "申请号中不会出现“Х”（西里尔字母），请切换到英文输入法重新输入这一位。"),
    ],
)
def test_the_message_names_the_fault_the_fact_and_the_mend(raw, message):
    assert parse_application_number(raw).faults[0].message == message


@pytest.mark.parametrize(("body", "accepted"), [("85100001", True), ("88100001", True), ("89100001", False)])
def test_only_the_first_years_may_lack_the_check_character(body, accepted):
    parsed = parse_application_number(body)

    assert parsed.is_valid is accepted
    assert [warning.code for warning in parsed.warnings] == (["check_assumed"] if accepted else [])
    assert parsed.canonical == (f"{body}.{check_character(body)}" if accepted else "")


def test_the_worked_example_of_the_standard():
    assert check_character("201910699568") == "X"
    assert check_character("202210000101") == "3"


@pytest.mark.parametrize("body", ["", "2019106995", "2019106995681", "20191069956X", "２０１９１０６９９５６８"])
def test_no_check_character_for_another_body(body):
    with pytest.raises(ValueError, match="8 or 12 digits"):
        check_character(body)


@pytest.mark.parametrize(("year", "kind", "serial"), [(2002, "1", 1), (10000, "1", 1), (2020, "5", 1), (2020, "1", 10**7), (2020, "1", -1)])
def test_no_number_is_made_outside_the_standard(year, kind, serial):
    with pytest.raises(ValueError, match="no such application number"):
        make_application_number(year, kind, serial)


@given(LONG_NUMBERS)
def test_a_made_number_is_read_back(number):
    parsed = parse_application_number(f"ZL {number.lower()}")

    assert (parsed.canonical, parsed.year) == (number, int(number[:4]))
    assert parsed.kind == KIND_BY_DIGIT[number[4]]


@given(NUMBERS, st.data())
def test_every_single_wrong_digit_is_caught(number, data):
    bare = number.replace(".", "")
    place = data.draw(st.integers(0, len(bare) - 1))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != bare[place]))

    assert "check" in codes(dotted(bare[:place] + wrong + bare[place + 1 :]))


@given(NUMBERS)
def test_every_swap_of_unequal_neighbours_is_caught(number):
    bare = number.replace(".", "")
    for place in range(len(bare) - 1):
        if bare[place] != bare[place + 1]:
            assert not parse_application_number(dotted(swapped(bare, place, place + 1))).is_valid


@given(LONG_NUMBERS, st.integers(0, 11), st.integers(0, 11))
def test_the_check_misses_exactly_the_swaps_of_equally_weighted_places(number, first, second):
    body = number[:12]
    missed = check_character(swapped(body, first, second)) == number[-1]

    assert missed is (body[first] == body[second] or abs(first - second) in (0, 8))


@given(SHORT_BODIES, st.integers(0, 7), st.integers(0, 7))
def test_the_check_of_a_short_number_catches_every_swap(body, first, second):
    missed = check_character(swapped(body, first, second)) == check_character(body)

    assert missed is (body[first] == body[second])
