"""What a credit code tells, and registration numbers of other places."""

import pytest

from accounts.pure.registration import check_registration, told_by_code
from accounts.pure.uscc import check_character


def code(prefix: str, region: str) -> str:
    body = f"{prefix}{region}MA0000017"
    return body + check_character(body)


@pytest.mark.parametrize(
    ("prefix", "region", "name", "told"),
    [
        ("91", "440703", "示例企业", {"kind": "enterprise", "district": "440703"}),
        ("92", "440785", "示例店", {"kind": "enterprise", "district": "440785"}),
        ("12", "440300", "示例大学", {"kind": "university", "district": "outside"}),
        ("12", "440704", "示例研究院", {"kind": "research_institute", "district": "440704"}),
        ("12", "100000", "示例中心", {"kind": "public_institution"}),
        ("51", "440000", "示例协会", {"kind": "social_org"}),
        ("91", "440700", "示例企业", {"kind": "enterprise"}),
        ("11", "440781", "示例机关", {"district": "440781"}),
    ],
)
def test_a_code_tells_what_it_can(prefix: str, region: str, name: str, told: dict[str, str]) -> None:
    assert told_by_code(code(prefix, region), name) == told


@pytest.mark.parametrize("wrong", ["", "91440703MA00000171", "乱写"])
def test_a_faulty_code_tells_nothing(wrong: str) -> None:
    assert told_by_code(wrong, "示例大学") == {}


@pytest.mark.parametrize(
    ("place", "raw", "canonical"),
    [("hk", "1234 5678", "12345678"), ("hk", "1234567", "1234567"), ("mo", "12345 (so)", "12345(SO)"), ("tw", "12345678", "12345678"), ("other", "HRB 12345-b", "HRB12345B")],
)
def test_numbers_as_their_places_write_them(place: str, raw: str, canonical: str) -> None:
    number, fault, warning = check_registration(place, raw)
    assert (fault, warning) == ("", "") and number.replace("-", "") == canonical


@pytest.mark.parametrize(("place", "raw"), [("hk", "12345"), ("mo", "ABC"), ("tw", "1234567")])
def test_an_odd_number_is_let_through_with_a_warning(place: str, raw: str) -> None:
    number, fault, warning = check_registration(place, raw)
    assert number == raw and not fault and "再对照登记证核对" in warning


@pytest.mark.parametrize(("raw", "told"), [("", "请填写登记编号"), ("1" * 41, "最多 40 个字符"), ("编号12", "有“编”")])
def test_what_no_register_has_is_refused(raw: str, told: str) -> None:
    number, fault, _ = check_registration("other", raw)
    assert number == "" and told in fault
