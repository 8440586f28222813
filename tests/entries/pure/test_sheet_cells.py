from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.pure.sheet_cells import ReadCell, read_cell, settled_status, type_of_number
from entries.pure.sheet_columns import HEADINGS


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("filed_on", "2022年3月14日", date(2022, 3, 14)),
        ("filed_on", "2022-03-14 00:00:00", date(2022, 3, 14)),
        ("filed_on", "44634", date(2022, 3, 14)),
        ("granted_on", "未授权", None),
        ("asset_type", "实用新型专利", "utility_model"),
        ("asset_type", "Utility Model", "utility_model"),
        ("asset_type", "PCT 国际申请", "pct_application"),
        ("status", "专利权维持", "granted"),
        ("status", "未缴年费", "ended"),
        ("is_core", "√", True),
        ("is_core", "否", False),
        ("owners", "示例甲\n示例乙", "示例甲；示例乙"),
        ("title", "  一种\n方法 ", "一种 方法"),
        ("country", "美国", "US"),
        ("country", "kr", "KR"),
        ("obtained", "转让", "assigned"),
        ("number_raw", " ZL202210000101.3 ", "ZL202210000101.3"),
    ],
)
def test_cells_are_read_as_people_write_them(column, text, value):
    assert read_cell(column, text) == ReadCell(value)


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("filed_on", "2024-13-02", "申请日“2024-13-02”不是有效日期，请按“2024-03-02”的格式填写。"),
        ("asset_type", "发明专利权", "类型“发明专利权”无法识别，请填“发明”“实用新型”或“外观设计”。"),
        ("title", "字" * 201, "专利名称最多 200 字，现为 201 字，请删减。"),
        ("title", "#N/A", "专利名称是表格里的出错值“#N/A”，请改成实际内容。"),
        ("country", "某国", "国家或地区“某国”无法识别，请填两位代码，如 CN、US、EP。"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_mend(column, text, sentence):
    assert read_cell(column, text) == ReadCell(fault=sentence)


@given(st.sampled_from(list(HEADINGS)), st.text(max_size=300))
def test_no_text_breaks_the_reader(column, text):
    read = read_cell(column, text)
    assert not (read.fault and read.value is not None)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("ZL202220000404.0", ("utility_model", "CN")),
        ("PCT/CN2022/093390", ("pct_application", "WO")),
        ("US10681263B2", ("foreign", "US")),
        ("BS.185559220", ("ic_layout", "CN")),
        ("不知道", ("", "")),
    ],
)
def test_a_number_tells_its_type(raw, told):
    assert type_of_number(raw) == told


def test_a_grant_overtakes_an_earlier_state_but_not_the_end():
    day = date(2024, 1, 5)
    assert [settled_status(state, day) for state in ("", "filed", "ended")] == ["granted", "granted", "ended"]
    assert settled_status("", None) == "filed"
