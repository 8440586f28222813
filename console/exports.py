"""The journal as a file."""

from __future__ import annotations

from collections.abc import Iterable

from competitions.models import Edition
from console.queries.journal import Line, read
from core.audit.models import AuditEntry
from core.table_export import Field, Table

FIELDS: list[Field[Line]] = [
    Field("number", "序号", 10, lambda one: one.entry.pk),
    Field("at", "时间", 20, lambda one: one.entry.at),
    Field("actor", "操作人", 14, lambda one: one.who),
    Field("act", "操作", 24, lambda one: one.what),
    Field("verb", "动作代码", 30, lambda one: one.entry.verb),
    Field("object_type", "对象类型", 20, lambda one: one.object_word),
    Field("object", "对象", 16, lambda one: one.entry.object_id),
    Field("changes", "变更", 60, lambda one: "；".join(f"{change.name}：{change.before} → {change.after}" for change in one.changes)),
    Field("commitment", "校验值", 64, lambda one: one.entry.commitment),
]


def journal_table(edition: Edition, entries: Iterable[AuditEntry], *, is_part: bool) -> Table[Line]:
    """One row an act; addresses of the network stay out of it. `is_part`: the filters left some out, and the title says so."""
    title = f"{edition.short_name}操作日志{'（按筛选）' if is_part else ''}"
    return Table(title, FIELDS, (read(entry) for entry in entries))
