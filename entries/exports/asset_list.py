"""The patents of an entry as a file, under the headings of the import: what is taken out here can be read in again."""

from __future__ import annotations

from collections.abc import Callable

from core.sheets import Value
from core.table_export import Field, Table
from entries.exports.asset_sheet import WIDTHS
from entries.models import Entry, IPAsset
from entries.pure.sheet_cells import DAYS
from entries.pure.sheet_columns import HEADINGS

SHOWN: dict[str, Callable[[IPAsset], Value]] = {
    "number_raw": lambda one: one.number or one.number_raw,
    "asset_type": lambda one: one.get_asset_type_display(),
    "status": lambda one: one.get_status_display(),
    "obtained": lambda one: one.get_obtained_display(),
    "is_core": lambda one: "是" if one.is_core else "",
    "is_licensed": lambda one: "是" if one.is_licensed else "否",
    "is_pledged": lambda one: "是" if one.is_pledged else "否",
    "is_litigated": lambda one: "是" if one.is_litigated else "否",
}


def _value(column: str) -> Callable[[IPAsset], Value]:
    return SHOWN.get(column) or (lambda one: getattr(one, column))


FIELDS: list[Field[IPAsset]] = [
    Field(column, heading, 12 if column in DAYS else WIDTHS.get(column, 14), _value(column)) for column, heading in HEADINGS.items()
] + [Field("added", "参赛后新增", 12, lambda one: "是" if one.added_after_registration else "")]


def asset_list(entry: Entry) -> Table[IPAsset]:
    """Every patent of the entry in the order of its list, new filings too."""
    return Table(f"{entry.code or '未编号'} {entry.title or '未命名项目'}专利清单".strip(), FIELDS, entry.assets.order_by("position", "pk"))
