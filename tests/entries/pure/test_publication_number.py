"""Chinese publication and grant numbers."""

import pytest

from entries.pure.publication_number import parse_publication_number


@pytest.mark.parametrize(
    ("raw", "canonical", "kind"),
    [
        ("CN117129738A", "CN117129738A", "invention"),
        ("CN116388783A", "CN116388783A", "invention"),
        ("CN112330675B", "CN112330675B", "invention"),
        ("CN116455754B", "CN116455754B", "invention"),
        ("CN116455754A", "CN116455754A", "invention"),
        ("CN213072710U", "CN213072710U", "utility_model"),
        ("CN213072711U", "CN213072711U", "utility_model"),
        ("CN100355122C", "CN100355122C", "invention"),
        ("CN100342976C", "CN100342976C", "invention"),
        ("CN1756362A", "CN1756362A", "invention"),
        ("CN307012345S", "CN307012345S", "design"),
        ("CN201234567Y", "CN201234567Y", "utility_model"),
        ("CN3012345D", "CN3012345D", "design"),
        ("CN85100001A", "CN85100001A", "invention"),
        ("授权公告号：ｃｎ 112330675 b", "CN112330675B", "invention"),
        ("公开（公告）号：CN 117129738 A", "CN117129738A", "invention"),
        ("CN112330675B8", "CN112330675B8", "invention"),
    ],
)
def test_a_publication_number_is_read(raw, canonical, kind):
    parsed = parse_publication_number(raw)

    assert (parsed.canonical, parsed.kind, parsed.country, parsed.faults) == (canonical, kind, "CN", ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("CN117129738", "kind_missing"),
        ("CN117129738U", "kind_mismatch"),
        ("CN117129738E", "kind"),
        ("CN21307271U", "length"),
        ("CN85200001A", "kind_mismatch"),
        ("CN417129738A", "kind_mismatch"),
        ("117129738A", "format"),
        ("CN117129738АA", "character"),  # Cyrillic А
        ("CN202310892349.X", "application_number"),
        ("CN202310892349X", "application_number"),
        ("2023103977440", "application_number"),
        ("ZL98211883.X", "application_number"),
        ("", "empty"),
    ],
)
def test_another_text_is_refused(raw, code):
    parsed = parse_publication_number(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")


def test_a_contradicting_kind_code_is_shown_beside_the_digit():
    message = parse_publication_number("CN117129738U").faults[0].message

    assert message == "第 1 位数字 1 与种类字母 U（实用新型）不一致，请照公布公告核对。"
