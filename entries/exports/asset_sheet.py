"""The spreadsheets of the import: the template to fill in, and the rows that could not be taken, with their faults."""

from __future__ import annotations

from datetime import datetime

from core.sheets import Column, write_csv, write_xlsx
from entries.models import AssetSheet
from entries.pure.sheet_columns import HEADINGS
from entries.queries.asset_sheet import JudgedSheet

WIDTHS = {"number_raw": 22, "title": 40, "owners": 28, "inventors": 22, "publication_number": 20, "family": 28, "relation": 24}
CHOICES = {
    "asset_type": ("发明", "实用新型", "外观设计", "集成电路布图设计", "PCT申请", "境外专利"),
    "status": ("授权有效", "实质审查", "已公开", "已受理", "已失效"),
    "obtained": ("自主研发", "受让取得", "许可取得"),
    "is_core": ("是", "否"),
    "is_licensed": ("是", "否"),
    "is_pledged": ("是", "否"),
    "is_litigated": ("是", "否"),
}
HINTS = {
    "number_raw": "必填。例如 202210000101.3，带不带 ZL 都可以；布图设计填登记号。",
    "asset_type": "可不填，按申请号判断。",
    "filed_on": "例如 2022-03-14。",
    "granted_on": "未授权可不填。",
    "status": "可不填，有授权公告日的按“授权有效”。",
    "owners": "可不填，按申报主体；多个用分号隔开。",
    "is_core": "全表只填一个“是”，也可以导入后再选。",
    "family": "例如 US10681263B2；EP3406191B1，多个用分号隔开。",
    "country": "境外专利填写两位代码，如 US。",
    "number_reason": "境外号码写法不常见时说明依据。",
}
FAULTS = "问题"
COLUMNS = [
    Column(title, WIDTHS.get(name, 14), hint=HINTS.get(name, ""), choices=CHOICES.get(name, ()), is_text=name == "number_raw")
    for name, title in HEADINGS.items()
]


def sheet_template(kind: str, at: datetime) -> bytes:
    """The empty template, `kind` xlsx or csv."""
    if kind == "csv":
        return write_csv(columns=COLUMNS, rows=[])
    return write_xlsx(title="专利清单", columns=COLUMNS, rows=[], at=at)


def faulty_rows(sheet: AssetSheet, judged: JudgedSheet, at: datetime) -> bytes:
    """The rows with faults as they were, the cells at fault marked with their sentence, and all sentences in a last
    column: mended there, the file can be uploaded again as it is."""
    known = {column: place for place, column in enumerate(sheet.mapping) if column}
    width = max([len(sheet.header), *(len(raw["c"]) for raw in sheet.rows)], default=0)
    header = [*sheet.header, *[""] * (width - len(sheet.header))]
    cells = {raw["n"]: raw["c"] for raw in sheet.rows}
    rows: list[list[str]] = []
    marks: dict[tuple[int, int], str] = {}
    for index, row in enumerate(judged.faulty):
        line = cells[row.number]
        sentences = [one.message for one in row.faults]
        rows.append([*line, *[""] * (width - len(line)), f"第 {row.number} 行：{'；'.join(sentences)}"])
        marks |= {(index, known[column]): "".join(texts) for column, texts in row.wrong.items() if column in known}
    columns = [
        Column(HEADINGS.get(column, "") or head or f"第 {place} 列", 20)
        for place, (head, column) in enumerate(zip(header, [*sheet.mapping, *[""] * width], strict=False), start=1)
    ]
    return write_xlsx(title="有错的行", columns=[*columns, Column(FAULTS, 60)], rows=rows, at=at, marks=marks)
