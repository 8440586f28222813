from __future__ import annotations

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from core.sheets import Column, csv_cell, write_csv, write_xlsx

AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
COLUMNS = [Column("名次", 8), Column("项目名称", 44), Column("总分", 12), Column("计入", 12, 4)]
ROWS = [[1, "水性木器漆", Decimal("89.00"), Decimal("84.5500")], [2, None, None, None]]


def sheet_of(data: bytes):
    return load_workbook(BytesIO(data)).active


def test_cells_are_typed_and_the_header_stays():
    sheet = sheet_of(write_xlsx(title="决赛名次", columns=COLUMNS, rows=ROWS, at=AT))
    assert [cell.value for cell in sheet[1]] == ["名次", "项目名称", "总分", "计入"]
    assert [cell.data_type for cell in sheet[2]] == ["n", "s", "n", "n"]
    assert [cell.number_format for cell in sheet[2]] == ["0", "General", "0.00", "0.0000"]
    assert [cell.value for cell in sheet[3]] == [2, None, None, None]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:D3", "决赛名次")
    assert sheet.column_dimensions["B"].width == 44


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","y")', "+1", "-1+2", "@SUM(A1)", "＝1", "\t=1"])
def test_text_is_never_a_formula(name):
    column = Column("项目名称")
    cell = sheet_of(write_xlsx(title="名次", columns=[column], rows=[[name]], at=AT))["A2"]
    assert (cell.data_type, cell.value) == ("s", name)
    assert csv_cell(name, column) == f"'{name}"


def test_a_negative_number_stays_a_number():
    assert csv_cell(Decimal("-1.5"), Column("差")) == "-1.50"
    assert csv_cell(-3, Column("差")) == "-3"


def test_csv_is_what_a_chinese_excel_opens():
    data = write_csv(columns=COLUMNS, rows=ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[1:] == [["1", "水性木器漆", "89.00", "84.5500"], ["2", "", "", ""]]


def test_signs_a_file_cannot_hold_are_dropped():
    sheet = sheet_of(write_xlsx(title="a[b]/c", columns=[Column("名")], rows=[["甲\x00乙"]], at=AT))
    assert (sheet["A2"].value, sheet.title) == ("甲乙", "a_b__c")


def test_no_digit_of_an_exact_figure_is_lost():
    """`places` is the least that is shown: 88.125 is neither 88.12 nor 88.13 in a file."""
    columns = [Column("合计", 10)]
    rows = [[Decimal("88.125")], [Decimal("90")], [Decimal("86.500000")]]
    assert write_csv(columns=columns, rows=rows).decode("utf-8-sig").split() == ["合计", "88.125", "90.00", "86.50"]
    sheet = load_workbook(BytesIO(write_xlsx(title="x", columns=columns, rows=rows, at=datetime(2026, 1, 1, tzinfo=UTC)))).active
    assert [cell.number_format for cell in sheet["A"][1:]] == ["0.000", "0.00", "0.00"]
