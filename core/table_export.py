"""A table of anything, written once and handed out as XLSX, CSV or JSON with the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from core.canonical import canonical_json
from core.clock import local
from core.sheets import Column, Value, write_csv, write_xlsx

Row = TypeVar("Row")
TABLE_FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """A column: `key` in JSON, its title and width (in characters) in sheets, where its value comes from, and how many
    `places` a Decimal shows at least."""

    key: str
    title: str
    width: int
    value: Callable[[Row], Value]
    places: int = 2


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """What a list is as a file: `title` names sheet and file; `head` holds what JSON says of the whole beside it."""

    title: str
    fields: list[Field[Row]]
    rows: Iterable[Row]
    head: Mapping[str, Any] = field(default_factory=dict)

    def values(self) -> list[list[Value]]:
        return [[field.value(row) for field in self.fields] for row in self.rows]


def write_table(table: Table[Any], fmt: str, *, at: datetime) -> bytes:
    """The table in one of TABLE_FORMATS; `at` is written as the time of creation. Refuses (KeyError) another format."""
    columns = [Column(field.title, field.width, field.places) for field in table.fields]
    writers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: write_xlsx(title=table.title, columns=columns, rows=table.values(), at=at),
        "csv": lambda: write_csv(columns=columns, rows=table.values()),
        "json": lambda: canonical_json(
            {"title": table.title, "made_at": local(at).isoformat(timespec="seconds"), **table.head, "rows": as_objects(table)}
        ),
    }
    return writers[fmt]()


def as_objects(table: Table[Any]) -> list[dict[str, Any]]:
    """The rows as JSON has them: an object each, moments with their zone, Decimals as they are."""
    keys = [field.key for field in table.fields]
    return [dict(zip(keys, map(_plain, row), strict=True)) for row in table.values()]


def _plain(value: Value) -> Any:
    """Moments with their zone, dates and Decimals as text."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
