"""The journal as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from console.queries.journal import read
from core.audit.models import AuditEntry
from core.dates import local
from core.sheets import Column, Value, write_csv

COLUMNS = [
    Column("序号"),
    Column("时间", 20),
    Column("操作人", 14),
    Column("操作", 24),
    Column("动作代码", 30),
    Column("对象类型", 20),
    Column("对象", 16),
    Column("变更", 60),
    Column("校验值", 64),
]


def journal_csv(entries: Iterable[AuditEntry]) -> bytes:
    """One row an act; addresses of the network stay out of it. No cell is run as a formula."""
    rows: list[list[Value]] = []
    for entry in entries:
        line = read(entry)
        changes = "；".join(f"{one.name}：{one.before} → {one.after}" for one in line.changes)
        when = f"{local(entry.at):%Y-%m-%d %H:%M:%S}"
        rows.append(
            [entry.pk, when, line.who, line.what, entry.verb, line.object_word, entry.object_id, changes, entry.commitment]
        )
    return write_csv(columns=COLUMNS, rows=rows)
