"""Numbers of foreign offices: read by pattern, let through with a reason, refused only when no number at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from entries.pure.foreign_number import PATTERNS, ep_check_digit, parse_foreign_number


@pytest.mark.parametrize(
    ("raw", "country", "scheme", "canonical"),
    [
        ("WO2024000313A1", "WO", "wo_publication", "WO2024/000313A1"),
        ("WO2023093390", "WO", "wo_publication", "WO2023/093390"),
        ("WO2012088469A1", "WO", "wo_publication", "WO2012/088469A1"),
        ("WO2023/093390A1", "WO", "wo_publication", "WO2023/093390A1"),
        ("US09/094177", "US", "us_application", "US09/094177"),
        ("10/778,449", "US", "us_application", "US10/778449"),
        ("US20040165664", "US", "us_publication", "US20040165664"),
        ("US10681263", "US", "us_grant", "US10681263"),
        ("US11089206B2", "US", "us_grant", "US11089206B2"),
        ("US6504873", "US", "us_grant", "US6504873"),
        ("US 7,149,251", "US", "us_grant", "US7149251"),
        ("USD912345S1", "US", "us_design", "USD912345S1"),
        ("USRE49123E1", "US", "us_reissue", "USRE49123E1"),
        ("98660050.0", "EP", "ep_application", "EP98660050.0"),
        ("EP00957359.3", "EP", "ep_application", "EP00957359.3"),
        ("01902442.1", "EP", "ep_application", "EP01902442.1"),
        ("EP3406191B1", "EP", "ep_publication", "EP3406191B1"),
        ("EP0884911", "EP", "ep_publication", "EP0884911"),
        ("EP1206881B1", "EP", "ep_publication", "EP1206881B1"),
        ("特願2008-101068", "JP", "jp_application", "特願2008-101068"),
        ("特愿2008－101068", "JP", "jp_application", "特願2008-101068"),
        ("特開2008-178149", "JP", "jp_publication", "特開2008-178149"),
        ("特許第6928348号", "JP", "jp_grant", "特許第6928348号"),
        ("特許第6687940号", "JP", "jp_grant", "特許第6687940号"),
        ("JP6928348B2", "JP", "jp_grant", "JP6928348B2"),
        ("JP2008-178149A", "JP", "jp_publication", "JP2008-178149A"),
        ("特開平09-123456", "JP", "jp_publication", "特開平09-123456"),
        ("特開昭60-123456", "JP", "jp_publication", "特開昭60-123456"),
        ("HK1048411", "HK", "foreign_text", "HK1048411"),
        ("1" * 40, "KR", "foreign_text", "1" * 40),
        ("10-2008-0101068", "kr", "foreign_text", "10-2008-0101068"),
    ],
)
def test_a_number_of_a_known_form_is_read_without_a_warning(raw, country, scheme, canonical):
    parsed = parse_foreign_number(raw, country)

    assert (parsed.scheme, parsed.canonical, parsed.kind) == (scheme, canonical, "foreign")
    assert (parsed.country, parsed.faults, parsed.warnings) == (country.upper(), (), ())


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("WO99/12345", "WO", "unusual"),
        ("US2024000003A1", "US", "unusual"),
        ("19181519.2", "EP", "check"),
        ("EP12345", "EP", "unusual"),
        ("特許第69283号", "JP", "unusual"),
        ("特開2008-17814", "JP", "unusual"),
        ("JP69283", "JP", "unusual"),
    ],
)
def test_an_unusual_number_passes_only_with_a_reason(raw, country, code):
    parsed = parse_foreign_number(raw, country)

    assert parsed.is_valid
    assert parsed.needs_reason
    assert [warning.code for warning in parsed.warnings] == [code]


def test_the_right_european_check_digit_is_named():
    message = parse_foreign_number("19181519.2", "EP").warnings[0].message

    assert message == "欧洲申请号校验位不对。按前 8 位计算，最后一位应为 0，请核对；确认无误请填写说明。"


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("", "US", "empty"),
        ("USА0681263", "US", "character"),  # Cyrillic А
        ("НK1048411", "HK", "character"),  # Cyrillic Н
        ("待补", "JP", "format"),
        ("1" * 41, "KR", "length"),
        ("US10681263", "", "country"),
        ("US10681263", "USA", "country"),
        ("202310397744.0", "CN", "country"),
    ],
)
def test_what_cannot_be_a_number_is_refused(raw, country, code):
    parsed = parse_foreign_number(raw, country)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")


def test_the_year_is_read_where_the_number_has_one():
    assert parse_foreign_number("US20040165664", "US").year == 2004
    assert parse_foreign_number("特開昭60-123456", "JP").year is None


@pytest.mark.parametrize("country", sorted(PATTERNS))
def test_every_example_shown_to_people_is_accepted(country):
    for pattern in PATTERNS[country]:
        parsed = parse_foreign_number(pattern.example, country)
        assert (parsed.scheme, parsed.canonical, parsed.warnings) == (pattern.scheme, pattern.example, ())


@given(st.integers(0, 99_999_999).map("{:08d}".format))
def test_the_european_check_digit_is_the_luhn_digit(body):
    assert ep_check_digit(body) == luhn.calc_check_digit(body)


def test_no_european_check_digit_for_another_length():
    with pytest.raises(ValueError, match="8 digits"):
        ep_check_digit("1234567")
