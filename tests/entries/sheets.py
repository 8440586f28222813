"""Spreadsheets as firms keep them, for the tests of the import."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from entries.pure.application_number import make_application_number

HEADER = ["序号", "专利名称", "申请号", "专利类型", "申请日", "授权公告日", "专利权人", "发明人"]


def patent_rows(count: int, *, wrong: Sequence[int] = ()) -> list[list[Any]]:
    """`count` patents of 2022, granted; those whose index is in `wrong` have a wrong check character."""
    rows = []
    for index in range(count):
        number = make_application_number(2022, "1", 300_000 + index)
        if index in wrong:
            number = number[:-1] + ("0" if number[-1] != "0" else "1")
        day = date(2022, 3, 1 + index % 28)
        rows.append([index + 1, f"一种压装方法{index + 1}", f"ZL{number}", "发明专利", day, date(2024, 1, 5), "示例企业丁", "丁一；丁二"])
    return rows


def workbook(rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER, *, above: Sequence[str] = ()) -> bytes:
    """An XLSX file with a title line above its header when `above` is given."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([list(above)] if above else []) + [list(header)] + [list(row) for row in rows]:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER, between: str = "\t") -> str:
    """The same as it is pasted (tabs) or saved as CSV (commas)."""
    return "\r\n".join(between.join(str(cell) for cell in line) for line in [list(header), *map(list, rows)])
