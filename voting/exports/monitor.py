"""The monitor's tables as files: by hour, and by entry."""

from __future__ import annotations

from typing import Any

from competitions.models import Edition
from core import clock
from core.figures import percent
from core.table_export import Field, Table
from voting.models import Ballot, HourCount
from voting.queries.monitor import EntryShare, shares

TABLES = ("hours", "entries")


def monitor_table(edition: Edition, name: str) -> Table[Any]:
    """One of TABLES."""
    return _hours(edition) if name == "hours" else _entries(edition)


def _hours(edition: Edition) -> Table[HourCount]:
    levels = [
        Field(f"level_{level.value}", f"{level.label}票数", 12, lambda row, key=str(level.value): row.levels.get(key, 0))
        for level in Ballot.Identity
    ]
    fields: list[Field[HourCount]] = [
        Field("hour", "小时", 18, lambda row: clock.local(row.hour)),
        Field("votes", "票数", 10, lambda row: sum(row.minutes)),
        Field("new_voters", "新参与人数", 12, lambda row: row.new_voters),
        Field("returning_voters", "再次参与人数", 12, lambda row: row.returning_voters),
        *levels,
    ]
    return Table(f"{edition.short_name} 每小时票数", fields, HourCount.objects.filter(edition=edition).order_by("hour"))


def _entries(edition: Edition) -> Table[EntryShare]:
    fields: list[Field[EntryShare]] = [
        Field("number", "编号", 8, lambda row: row.entry.code),
        Field("title", "项目", 40, lambda row: row.entry.title),
        Field("group", "组别", 16, lambda row: row.entry.group.name if row.entry.group else ""),
        Field("valid", "有效", 10, lambda row: row.valid),
        Field("held", "待核", 10, lambda row: row.held),
        Field("void", "不计", 10, lambda row: row.void),
        Field("total", "合计", 10, lambda row: row.total),
        Field("share", "有效票占比", 12, lambda row: percent(row.share, 1)),
    ]
    return Table(f"{edition.short_name} 各项目票数", fields, shares(edition))
