"""Mobile numbers of the mainland, Hong Kong and Macau."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.pure.mobile import mask_mobile, normalize_mobile, write_mobile

MAINLAND = ["13800138000", "14712345678", "16612345678", "17012345678", "19212345678", "19912345678"]
NOT_MOBILE = ["12345678901", "11012345678", "1380013800", "1064812345678"]


@pytest.mark.parametrize("number", MAINLAND)
def test_a_mainland_number_is_accepted_as_by_the_oracle(number):
    parsed = normalize_mobile(number)

    assert (parsed.canonical, parsed.country, parsed.faults) == (f"+86{number}", "CN", ())
    assert phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))


@pytest.mark.parametrize("number", NOT_MOBILE)
def test_another_number_is_refused(number):
    assert normalize_mobile(number).canonical == ""
    assert not normalize_mobile(number).is_valid


@pytest.mark.parametrize(
    "raw",
    ["+8613800138000", "+86 138-0013-8000", "008613800138000", "8613800138000", "１３８００１３８０００",
     "(+86) 138 0013 8000", " 138\u20140013\u20148000 ", "\u202d13800138000\u202c"],
)  # fmt: skip
def test_one_person_is_one_number_however_it_is_typed(raw):
    assert normalize_mobile(raw).canonical == "+8613800138000"


@pytest.mark.parametrize(
    ("raw", "canonical", "country"),
    [
        ("+852 6123 4567", "+85261234567", "HK"),
        ("0085261234567", "+85261234567", "HK"),
        ("+85366123456", "+85366123456", "MO"),
    ],
)
def test_hong_kong_and_macau_are_read_with_their_code(raw, canonical, country):
    parsed = normalize_mobile(raw)

    assert (parsed.canonical, parsed.country) == (canonical, country)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        ("+86", "empty"),
        ("1380013800", "length"),
        ("61234567", "length"),
        ("12345678901", "prefix"),
        ("0750-3272266", "landline"),
        ("138О0138000", "character"),  # Cyrillic О
        ("١٣٨٠٠١٣٨٠٠٠", "character"),
        ("138+0138000", "character"),
        ("+85221234567", "prefix"),
        ("+8526123456", "length"),
        ("+853", "length"),
        ("+14155552671", "region"),
    ],
)
def test_what_is_wrong_is_named(raw, code):
    assert [fault.code for fault in normalize_mobile(raw).faults] == [code]


def test_the_message_states_the_length():
    assert normalize_mobile("1380013800").faults[0].message == "手机号应为 11 位，您输入了 10 位。"
    assert normalize_mobile("+8526123456").faults[0].message == "香港手机号应为 8 位，您输入了 7 位。"


@pytest.mark.parametrize(
    ("canonical", "masked"),
    [
        ("+8613800138000", "138****8000"),
        ("+85261234567", "+852 61****67"),
        ("+85366123456", "+853 66****56"),
        ("13800138000", "****"),
        ("", "****"),
    ],
)
def test_a_mask_hides_the_middle(canonical, masked):
    assert mask_mobile(canonical) == masked


@given(st.text() | st.text("+0123456789 -()Ｏ٣\ud800", max_size=20))
def test_no_text_makes_the_reader_raise(raw):
    parsed = normalize_mobile(raw)

    assert bool(parsed.canonical) is parsed.is_valid
    assert normalize_mobile(parsed.canonical).canonical == parsed.canonical
    mask_mobile(raw)


@pytest.mark.parametrize(
    ("canonical", "written"),
    [("+8613800138000", "13800138000"), ("+85261234567", "+852 61234567"), ("", ""), (None, ""), ("0750", "0750")],
)
def test_writes_a_number_as_people_do(canonical: str | None, written: str) -> None:
    assert write_mobile(canonical) == written
