"""Spreadsheets: one description of columns written as XLSX or as CSV. No cell is ever run as a formula.

Numbers are typed cells; everything else is text, whatever it begins with: a project called “=HYPERLINK(…)” stays its name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="0B6153")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `title`, its `width` in characters, and for Decimals the number of `places` shown."""

    title: str
    width: int = 12
    places: int = 2


def write_xlsx(*, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], at: datetime) -> bytes:
    """A workbook of one sheet with a frozen, filterable header. `at` is written as its time of creation."""
    book = Workbook()
    book.properties.created = book.properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _sheet_title(title)
    for position, column in enumerate(columns, start=1):
        head = sheet.cell(row=1, column=position)
        _set_text(head, column.title)
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    last = 1
    for last, row in enumerate(rows, start=2):
        for position, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            _set(sheet.cell(row=last, column=position), value, column)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(*, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as CSV: UTF-8 with a byte order mark (Excel reads Chinese by it), lines ended by CRLF."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([csv_cell(value, column) for column, value in zip(columns, row, strict=True)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def csv_cell(value: Value, column: Column) -> str:
    """Numbers plainly; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.{column.places}f}"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value


def _set(cell: Cell, value: Value, column: Column) -> None:
    if isinstance(value, str):
        _set_text(cell, value)
        cell.alignment = Alignment(vertical="top", wrap_text=column.width >= 30)
    elif value is not None:
        cell.value = value
        cell.alignment = Alignment(vertical="top")
        cell.number_format = f"0.{'0' * column.places}" if isinstance(value, Decimal) and column.places else "0"


def _set_text(cell: Cell, text: str) -> None:
    """Text stays text; openpyxl alone would make a formula of a leading “=”. Control characters cannot be stored."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = TYPE_STRING


def _sheet_title(title: str) -> str:
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in title)[:31] or "Sheet1"
