"""Number, type and dates of an asset against one another."""

from datetime import date

import pytest

from core.parsed import Findings
from entries.pure.application_number import make_application_number, parse_application_number
from entries.pure.cross_checks import cross_check, repeated_numbers, term_ends_on
from entries.pure.ip_number import parse_ip_number

TODAY = date(2026, 5, 20)
NUMBER = parse_application_number(make_application_number(2022, "1", 101))


def check(number=NUMBER, **changes):
    facts = {"asset_type": "invention", "filed_on": date(2022, 3, 14), "granted_on": None, "today": TODAY}
    return cross_check(number, **(facts | changes))


def codes(findings):
    return [fault.code for fault in findings.faults], [warning.code for warning in findings.warnings]


def test_an_asset_that_agrees_has_no_findings():
    assert check() == Findings()
    assert check(filed_on=None) == Findings()
    assert check(granted_on=TODAY) == Findings()
    assert check(granted_on=date(2022, 3, 14)) == Findings()


def test_a_grant_before_the_filing_is_a_fault():
    findings = check(granted_on=date(2021, 11, 30))

    assert codes(findings) == (["grant_before_filing"], [])
    assert findings.faults[0].message == "授权公告日 2021-11-30 早于申请日 2022-03-14，请检查年份。"


def test_the_year_of_the_number_is_compared_with_the_filing_date():
    findings = check(filed_on=date(2021, 3, 14))

    assert codes(findings) == ([], ["year"])
    assert findings.warnings[0].message == "号码中的年份是 2022，申请日是 2021-03-14，请核对；分案申请可以不一致。"


def test_the_year_of_a_publication_is_no_filing_year():
    number = parse_ip_number("US20040165664", "foreign", "US")

    assert check(number, asset_type="foreign", filed_on=date(2003, 2, 1)) == Findings()


@pytest.mark.parametrize(
    ("digit", "asset_type", "agrees"),
    [
        ("1", "invention", True),
        ("8", "invention", True),
        ("2", "utility_model", True),
        ("9", "utility_model", True),
        ("3", "design", True),
        ("2", "invention", False),
        ("1", "utility_model", False),
        ("9", "design", False),
        ("1", "pct_application", False),
    ],
)
def test_the_kind_digit_is_compared_with_the_declared_type(digit, asset_type, agrees):
    number = parse_application_number(make_application_number(2022, digit, 101))

    assert codes(check(number, asset_type=asset_type)) == ([], [] if agrees else ["kind"])


def test_the_kind_warning_names_both_kinds():
    number = parse_application_number(make_application_number(2022, "2", 101))

    assert check(number).warnings[0].message == "号码表示的是实用新型专利，您选择的是发明专利，请核对类型或号码。"


def test_a_foreign_invention_may_be_declared_as_an_invention():
    number = parse_ip_number("US10681263", "invention", "US")

    assert check(number, filed_on=date(1990, 1, 1)) == Findings()


def test_a_refused_number_is_not_judged_twice():
    assert check(parse_application_number("ZL2018XXXXXX.1")) == Findings()


def test_dates_and_years_to_come_are_pointed_out():
    number = parse_application_number(make_application_number(2027, "1", 101))
    findings = check(number, filed_on=date(2027, 1, 1), granted_on=date(2027, 6, 1))

    assert codes(findings) == ([], ["future_year", "future_filing", "future_grant"])
    this_year = parse_application_number(make_application_number(2026, "1", 101))
    assert check(this_year, filed_on=TODAY) == Findings()
    assert codes(check(filed_on=None, granted_on=date(2026, 5, 21))) == ([], ["future_grant"])


@pytest.mark.parametrize(
    ("asset_type", "filed_on", "end"),
    [
        ("invention", date(2006, 5, 20), date(2026, 5, 20)),
        ("utility_model", date(2016, 5, 21), date(2026, 5, 21)),
        ("design", date(2021, 5, 31), date(2031, 5, 31)),
        ("design", date(2021, 6, 1), date(2036, 6, 1)),
        ("utility_model", date(2016, 2, 29), date(2026, 2, 28)),
        ("invention", date(2004, 2, 29), date(2024, 2, 29)),
        ("foreign", date(2000, 1, 1), None),
        ("invention", date(9990, 1, 1), None),
    ],
)
def test_the_term_counts_from_the_filing_date(asset_type, filed_on, end):
    assert term_ends_on(asset_type, filed_on) == end


def test_a_patent_is_past_its_term_from_the_last_day_on():
    number = parse_application_number(make_application_number(2006, "1", 101))

    assert codes(check(number, filed_on=date(2006, 5, 20))) == ([], ["term_expired"])
    assert codes(check(number, filed_on=date(2006, 5, 21))) == ([], [])


def test_a_number_named_twice_in_one_entry_is_found():
    assert repeated_numbers(["202010492593.3", "a", "202010492593.3", "", ""]) == ("202010492593.3",)
    assert repeated_numbers(["a", "b"]) == ()
