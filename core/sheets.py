"""Spreadsheets: one description of columns written as XLSX or as CSV. No cell is ever run as a formula.

Numbers and dates are typed cells; everything else is text, whatever it begins with: a project called “=HYPERLINK(…)” stays its
name. Moments are written in the platform's time zone, because a spreadsheet knows none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.clock import local

Value = str | int | Decimal | date | datetime | None
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="0B6153")
MARK_FILL = PatternFill("solid", fgColor="F9D9CF")
LISTED_ROWS = 1000  # how far down a list of choices is offered


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `title`, its `width` in characters, and for Decimals the least number of `places` shown. `hint` is written
    as a note on its head, `choices` are offered in its cells (others may be typed), `is_text` keeps long numbers as typed."""

    title: str
    width: int = 12
    places: int = 2
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_text: bool = False


def write_xlsx(
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    at: datetime,
    marks: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """A workbook of one sheet with a frozen, filterable header. `at` is written as its time of creation.

    `marks` colour cells and put a sentence on them as a note, by (row, column), both from 0 and without the header.
    """
    book = Workbook()
    book.properties.created = book.properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _sheet_title(title)
    for position, column in enumerate(columns, start=1):
        head = sheet.cell(row=1, column=position)
        _set_text(head, column.title)
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        _dress(sheet, position, column)
    last = 1
    for last, row in enumerate(rows, start=2):
        for position, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            _set(sheet.cell(row=last, column=position), value, column)
    for (row_index, column_index), text in (marks or {}).items():
        marked = sheet.cell(row=row_index + 2, column=column_index + 1)
        marked.fill, marked.comment = MARK_FILL, _note(text)
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
        return f"{value:.{_places(value, column)}f}"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, int | date):
        return str(value)
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value


def _dress(sheet: Worksheet, position: int, column: Column) -> None:
    """Width, note and choices of a column."""
    letter = get_column_letter(position)
    sheet.column_dimensions[letter].width = column.width
    if column.is_text:
        sheet.column_dimensions[letter].number_format = "@"
    if column.hint:
        sheet.cell(row=1, column=position).comment = _note(column.hint)
    if column.choices:
        offered = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        offered.showErrorMessage = False
        offered.add(f"{letter}2:{letter}{LISTED_ROWS}")
        sheet.add_data_validation(offered)


def _note(text: str) -> Comment:
    return Comment(ILLEGAL_CHARACTERS_RE.sub("", text), "江高赛", width=320, height=90)


def _set(cell: Cell, value: Value, column: Column) -> None:
    if isinstance(value, str):
        _set_text(cell, value)
        cell.alignment = Alignment(vertical="top", wrap_text=column.width >= 30)
    elif value is not None:
        cell.value = local(value).replace(tzinfo=None) if isinstance(value, datetime) else value
        cell.alignment = Alignment(vertical="top")
        cell.number_format = _number_format(value, column)


def _number_format(value: int | Decimal | date | datetime, column: Column) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm:ss"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    places = _places(value, column) if isinstance(value, Decimal) else 0
    return f"0.{'0' * places}" if places else "0"


def _places(value: Decimal, column: Column) -> int:
    """The places of the column, or as many as the figure has: an exact total of weighted marks is not rounded in a file."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "a figure of a file is a number"
    return max(column.places, -exponent)


def _set_text(cell: Cell, text: str) -> None:
    """Text stays text; openpyxl alone would make a formula of a leading “=”. Control characters cannot be stored."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = TYPE_STRING


def _sheet_title(title: str) -> str:
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in title)[:31] or "Sheet1"
