"""Votes: one row an entry, from the sealed ledger."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Edition
from core.table_export import Field, Table
from entries.models import Entry
from voting.pure.tally import Counted
from voting.queries.tally import tally


@dataclass(frozen=True, slots=True)
class VoteRow:
    entry: Entry
    counted: Counted


FIELDS: list[Field[VoteRow]] = [
    Field("number", "编号", 8, lambda one: one.entry.code),
    Field("title", "项目名称", 44, lambda one: one.entry.title),
    Field("group", "组别", 12, lambda one: one.entry.group.name if one.entry.group else ""),
    Field("valid", "有效票", 12, lambda one: one.counted.valid),
    Field("held", "暂缓", 10, lambda one: one.counted.held),
    Field("void", "剔除", 10, lambda one: one.counted.void),
    Field("uncounted", "不计（退赛）", 14, lambda one: one.counted.uncounted),
]


def votes_table(edition: Edition) -> Table[VoteRow]:
    """Entries the ledger knows, by number; empty before the vote opens."""
    counts = tally(edition)
    entries = edition.entries.filter(number__isnull=False).select_related("group").order_by("number")
    rows = [VoteRow(entry, counts[entry.code]) for entry in entries if entry.code in counts]
    return Table(f"{edition.short_name}得票", FIELDS, rows)
