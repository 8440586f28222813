from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from core.files import FileBroken, FileEmpty, FileEncrypted, FileTooLarge
from core.table_import import (
    MAX_BYTES,
    CellTooLong,
    OldWorkbook,
    TableEmpty,
    TableTooLong,
    UnknownEncoding,
    read_pasted,
    read_table,
)


def book(*rows: list, hidden: bool = False) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    if hidden:
        made.create_sheet("看得见").append(["乙"])
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes, max_rows: int = 500) -> list[list[tuple[int, list[str]]]]:
    return [[(line.number, line.cells) for line in sheet] for sheet in read_table(content, "表.xlsx", max_rows=max_rows)]


def bomb(size: int) -> bytes:
    """A workbook whose sheet unpacks to `size` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["甲"]))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part.filename, b" " * size if part.filename.endswith("sheet1.xml") else source.read(part))
    return out.getvalue()


def test_cells_come_as_people_read_them():
    content = book(["号", "日", "数"], [202210000101.3, datetime(2024, 3, 2, tzinfo=UTC).replace(tzinfo=None), 7.0], [None, None, None], [True, date(2024, 3, 2), "=1+1"])

    assert read(content) == [
        [(1, ["号", "日", "数"]), (2, ["202210000101.3", "2024-03-02", "7"]), (4, ["是", "2024-03-02"])],
    ]


def test_hidden_sheets_are_passed_over():
    assert read(book(["甲"], hidden=True)) == [[(1, ["乙"])]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding(encoding, between):
    text = f"申请号{between}名称\r\n1{between}“镕”的\r\n"

    assert read(text.encode(encoding)) == [[(1, ["申请号", "名称"]), (2, ["1", "“镕”的"])]]


def test_what_is_pasted_may_have_line_ends_inside_its_cells():
    found = read_pasted('名称\t权利人\n方法\t"甲\n乙"\n', max_rows=5)

    assert [line.cells for line in found[0]] == [["名称", "权利人"], ["方法", "甲\n乙"]]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"x" * (MAX_BYTES + 1), FileTooLarge),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OldWorkbook),
        (b"%PDF-1.7\n\x00\x01\x02", UnknownEncoding),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", UnknownEncoding),
        (b"PK\x03\x04 broken", FileBroken),
        (b" \r\n,,\r\n", TableEmpty),
        (book(), TableEmpty),
        (book(["字" * 2001]), CellTooLong),
        (bomb(30 * 1024 * 1024), FileTooLarge),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content, refusal):
    with pytest.raises(refusal) as refused:
        read(content)
    assert "表.xlsx" in refused.value.text


def test_an_encrypted_part_is_refused():
    content = bytearray(book(["甲"]))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1
    with pytest.raises(FileEncrypted):
        read(bytes(content))


def test_entities_are_not_expanded():
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["甲"]))) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            body = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                body = lol.encode() + body.replace(b"<v>0</v>", b"<v>&b;</v>")
            target.writestr(part.filename, body)
    with pytest.raises(FileBroken):
        read(out.getvalue())


def test_a_table_may_have_as_many_rows_as_are_asked_for():
    assert len(read(book(*[[str(n)] for n in range(500)]), max_rows=500)[0]) == 500
    with pytest.raises(TableTooLong):
        read(book(*[[str(n)] for n in range(60)]), max_rows=30)


def test_a_row_far_below_does_not_make_the_reader_walk_there():
    made = Workbook()
    made.active["A1"] = "甲"
    made.active["A1048576"] = "乙"
    out = io.BytesIO()
    made.save(out)

    assert read(out.getvalue()) == [[(1, ["甲"])]]
