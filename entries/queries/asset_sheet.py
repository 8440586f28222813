"""What a sheet of patents means for an entry: each row as it would be kept, or the cells that stand in its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entries.models import AssetSheet, IPAsset
from entries.pure.sheet_cells import read_cell, settled_status, type_of_number
from entries.pure.sheet_columns import HEADINGS
from entries.queries.asset_check import Finding, check_row
from entries.queries.dossier import Dossier

GOOD, REPEATED, FAULTY = "good", "repeated", "faulty"
EMPTY: dict[str, Any] = {"is_core": False, "is_licensed": False, "is_pledged": False, "is_litigated": False}


@dataclass(slots=True)
class SheetRow:
    """A row: `number` in the spreadsheet, `cells` by column as typed, `values` as IPAsset keeps them."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any]
    canonical: str = ""
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    repeats: str = ""

    @property
    def state(self) -> str:
        return FAULTY if self.faults else REPEATED if self.repeats else GOOD

    @property
    def wrong(self) -> dict[str, list[str]]:
        """The sentences by column, in the order of the template."""
        columns = dict.fromkeys(sorted((one.column for one in self.faults), key=list(HEADINGS).index))
        return {column: [one.message for one in self.faults if one.column == column] for column in columns}


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """All rows of a sheet in their order."""

    rows: list[SheetRow]

    def of(self, state: str) -> list[SheetRow]:
        return [row for row in self.rows if row.state == state]

    @property
    def good(self) -> list[SheetRow]:
        return self.of(GOOD)

    @property
    def repeated(self) -> list[SheetRow]:
        return self.of(REPEATED)

    @property
    def faulty(self) -> list[SheetRow]:
        return self.of(FAULTY)


def default_owners(dossier: Dossier) -> str:
    """Who owns a patent of which nothing else is said: the applicants."""
    return "、".join(one.organisation.name for one in dossier.applicants)[:300]


def sheet_of(entry_id: int, user_id: int) -> AssetSheet | None:
    """The sheet this person has waiting for this entry."""
    return AssetSheet.objects.filter(entry_id=entry_id, user_id=user_id).first()


def judge_sheet(sheet: AssetSheet, dossier: Dossier, today: date) -> JudgedSheet:
    """Reads every row of `sheet`. A number that stands in the list already makes its row a repetition, which is passed
    over; one that stands in an earlier row of the sheet is a fault, and so is a second core patent."""
    owners = default_owners(dossier)
    listed = {one.number: place for place, one in enumerate(dossier.assets, start=1) if one.number}
    has_core = any(one.is_core for one in dossier.assets)
    seen: dict[str, int] = {}
    core: int | None = None
    rows = []
    for raw in sheet.rows:
        row = _read(raw, sheet.mapping, owners, today)
        if row.canonical in listed:
            row.repeats = f"清单第 {listed[row.canonical]} 件已有这个申请号"
        elif row.canonical in seen:
            row.faults.append(Finding("number_raw", f"申请号与表格第 {seen[row.canonical]} 行重复，同一件专利只填一次。"))
        elif row.canonical:
            seen[row.canonical] = row.number
        if row.values["is_core"] and has_core:
            row.values["is_core"] = False
            row.warnings.append(Finding("is_core", "清单里已经选定核心专利，导入后可以改选。"))
        elif row.values["is_core"] and core is not None and not row.repeats:
            row.faults.append(Finding("is_core", f"核心专利只能有一件，第 {core} 行已经填了“是”。"))
        elif row.values["is_core"] and not row.repeats:
            core = row.number
        rows.append(row)
    return JudgedSheet(rows)


def _read(raw: dict[str, Any], mapping: list[str], owners: str, today: date) -> SheetRow:
    cells = {column: text for column, text in zip(mapping, raw["c"], strict=False) if column in HEADINGS}
    read = {column: read_cell(column, text) for column, text in cells.items()}
    faults = [Finding(column, one.fault) for column, one in read.items() if one.fault]
    known = {column: one.value for column, one in read.items() if one.value is not None}
    row = SheetRow(raw["n"], cells, _settled(known, owners), faults=faults)
    if "number_raw" not in known and not any(one.column == "number_raw" for one in faults):
        row.faults.append(Finding("number_raw", "缺少申请号，请照受理通知书填写（布图设计填登记号）。"))
    found = check_row(IPAsset(**row.values), today)
    row.canonical = found.number
    told = {one.column for one in faults}
    row.faults += [one for one in map(_named, found.faults) if one.column not in told]
    row.warnings = [_named(one) for one in found.warnings]
    return row


def _settled(known: dict[str, Any], owners: str) -> dict[str, Any]:
    """What can be told without being asked: type and country by the number, the state by the grant, the owners."""
    kind, country = type_of_number(known.get("number_raw", ""))
    values = {**EMPTY, **known}
    values.setdefault("asset_type", kind or "invention")
    values.setdefault("country", country if values["asset_type"] in ("foreign", "pct_application") and country else "CN")
    values["status"] = settled_status(values.get("status", ""), values.get("granted_on"))
    values.setdefault("owners", owners)
    return values


def _named(finding: Finding) -> Finding:
    return Finding("number_raw", finding.message) if finding.column == "number" else finding
