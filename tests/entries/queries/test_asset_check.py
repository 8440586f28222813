from __future__ import annotations

from datetime import date

import pytest

from entries.models import IPAsset
from entries.queries.asset_check import check_row, check_rows

TODAY = date(2026, 8, 1)


def asset(number: str = "202210000101.3", **values: object) -> IPAsset:
    return IPAsset(**{"number_raw": number, "asset_type": "invention", **values})


@pytest.mark.parametrize(
    ("values", "column", "part"),
    [
        ({"number": "ZL202010000001.0"}, "number", "最后一位应为 1"),
        ({"number": "ZL20221955451.7"}, "number", "位数应为 12 位"),
        ({"number": "ZL202411074110"}, "number", "应补 2"),
        ({"filed_on": date(2022, 3, 14), "granted_on": date(2021, 11, 30)}, "granted_on", "早于申请日"),
        ({"publication_number": "CN117129738"}, "publication_number", "末尾缺少种类字母"),
    ],
)
def test_what_blocks_names_its_column(values, column, part):
    findings = check_row(asset(**values), TODAY)

    assert [one.column for one in findings.faults] == [column]
    assert part in findings.faults[0].message


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"filed_on": date(2021, 3, 14)}, "号码中的年份是 2022"),
        ({"asset_type": "design"}, "号码表示的是发明专利"),
        ({"classification": "X99"}, "首字母应为 A—H"),
        ({"asset_type": "design", "classification": "99-99"}, "大类应在 01—32"),
    ],
)
def test_what_is_doubtful_is_shown_and_does_not_block(values, part):
    findings = check_row(asset(**values), TODAY)

    assert findings.faults == []
    assert any(part in one.message for one in findings.warnings)


def test_gaps_are_not_judged():
    findings = check_row(asset(""), TODAY)

    assert (findings.number, findings.faults, findings.warnings) == ("", [], [])


def test_a_repeated_number_counts_in_its_canonical_form_and_only_once():
    found = check_rows([asset(), asset("CN 2022 1 0000101 . 3"), asset("202210000101.4")], TODAY)

    assert [one.number for one in found] == ["202210000101.3", "", ""]
    assert found[1].faults[0].message == "申请号与第 1 件重复，同一件专利只填一次。"
    assert "校验位" in found[2].faults[0].message


def test_a_publication_number_of_another_office_is_left_alone():
    findings = check_row(asset("US10681263B2", asset_type="foreign", country="US", publication_number="x"), TODAY)

    assert findings.faults == []
