"""Tables from outside: XLSX, CSV in the usual encodings, or text pasted from a spreadsheet, as rows of plain text.

Nothing is calculated and nothing believed: formulas give the value that was stored with them, what a file unpacks to is
limited before it is unpacked, and whatever a reader stumbles over is a fault of the file, said in a sentence.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from core.figures import size as written_size
from core.files import FileBroken, FileEmpty, FileEncrypted, FileRefused, FileTooLarge

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 24 * 1024 * 1024
MAX_PARTS = 500
MAX_COLUMNS = 60
MAX_SHEETS = 8
# Rows looked at, empty ones included: people leave some between, nobody leaves ten thousand.
MAX_LINES = 20_000
MAX_CELL = 2_000
HEAD_ROOM = 20  # titles and notes above the table do not count as its rows
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = "\t,;"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class OldWorkbook(FileRefused):
    code = "old_workbook"
    message = "“{name}”是旧版 XLS、WPS 专用格式或设有密码的表格，这里读不了。请另存为 XLSX（不设密码）再上传。"


class UnknownEncoding(FileRefused):
    code = "unknown_encoding"
    message = "“{name}”不是可以读取的表格。请上传 XLSX，或用 UTF-8、GB18030 编码保存的 CSV。"


class TableTooLong(FileRefused):
    code = "table_too_long"
    message = "“{name}”超过 {limit} 行，一次最多读取 {limit} 行。请分成几份。"


class TableEmpty(FileRefused):
    code = "table_empty"
    message = "“{name}”里没有找到内容。请把表头和数据放在前几张工作表里。"


class CellTooLong(FileRefused):
    code = "cell_too_long"
    message = "“{name}”第 {row} 行有一格超过 {limit} 字，不像专利清单。请删减后再上传。"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number in the spreadsheet, from 1, and its cells without empty ones at the end."""

    number: int
    cells: list[str]


def read_table(content: bytes, name: str, *, max_rows: int) -> list[list[Line]]:
    """The sheets of a file that hold something, each as its lines; a CSV file is one sheet.

    Refuses files that are empty, too large packed or unpacked, encrypted, of another kind or damaged, and more than
    `max_rows` lines.
    """
    if not content:
        raise FileEmpty(name=name)
    if len(content) > MAX_BYTES:
        raise FileTooLarge(name=name, size=written_size(len(content)), limit=written_size(MAX_BYTES))
    if content.startswith(OLE2):
        raise OldWorkbook(name=name)
    sheets = _workbook(content, name) if content.startswith(b"PK") else iter([_csv_rows(_decoded(content, name), name)])
    try:
        found = [lines for rows in sheets if (lines := _lines(rows, name, max_rows))]
    except FileRefused:
        raise
    except Exception:  # the parsers of XLSX raise dozens of kinds on a file that is not sound
        raise FileBroken(name=name) from None
    if not found:
        raise TableEmpty(name=name)
    return found


def read_pasted(text: str, *, max_rows: int) -> list[list[Line]]:
    """What was copied from Excel or WPS and pasted: cells apart by tabs. Refuses as `read_table` does."""
    name = "粘贴的内容"
    if not text.strip():
        raise FileEmpty(name=name)
    if len(text) > MAX_BYTES:
        raise FileTooLarge(name=name, size=written_size(len(text)), limit=written_size(MAX_BYTES))
    lines = _lines(_csv_rows(text, name), name, max_rows)
    if not lines:
        raise TableEmpty(name=name)
    return [lines]


def _workbook(content: bytes, name: str) -> Iterator[Iterable[Sequence[Any]]]:
    """The rows of each worksheet that is shown."""
    _check_archive(content, name)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception:  # as in read_table
        raise FileBroken(name=name) from None
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what a file says of its size is not believed
            yield sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True)


def _check_archive(content: bytes, name: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception:  # as in read_table
        raise FileBroken(name=name) from None
    if any(part.flag_bits & 1 for part in parts):
        raise FileEncrypted(name=name)
    unpacked = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise FileTooLarge(name=name, size=f"解开后 {written_size(unpacked)}", limit=written_size(MAX_UNPACKED))


def _decoded(content: bytes, name: str) -> str:
    """Text by its byte order mark, else as UTF-8, else as GB18030 (what Excel writes in China)."""
    for encoding in ("utf-16",) if content.startswith(UTF16) else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(ch < " " and ch not in "\t\r\n" for ch in text[:4096]) == 0:
            return text
    raise UnknownEncoding(name=name)


def _csv_rows(text: str, name: str) -> Iterator[Sequence[str]]:
    lines = text[:4096].splitlines()
    head = next((line for line in lines if any(sign in line for sign in DELIMITERS)), "")
    delimiter = max(DELIMITERS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise FileBroken(name=name) from None


def _lines(rows: Iterable[Sequence[Any]], name: str, max_rows: int) -> list[Line]:
    found: list[Line] = []
    for number, row in enumerate(rows, start=1):
        if number > MAX_LINES:
            break
        cells = [_text(value) for value in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if any(len(cell) > MAX_CELL for cell in cells):
            raise CellTooLong(name=name, row=number, limit=MAX_CELL)
        found.append(Line(number, cells))
        if len(found) > max_rows + HEAD_ROOM:
            raise TableTooLong(name=name, limit=max_rows)
    return found


def _text(value: Any) -> str:
    """A cell as a person reads it: days without their time, whole numbers without “.0”, nothing that cannot be stored."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(value).replace("\r\n", "\n").replace("\t", " ")
    plain = "".join(ch for ch in text if ch == "\n" or (ch >= " " and not "\ud800" <= ch <= "\udfff" and ch != "\x7f"))
    return plain.strip()
