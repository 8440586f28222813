"""Conflicts of judges: those on record and those the committee found to be none, one row for each judge and entry."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from judging.models import ConflictDismissal, ConflictOfInterest

Row = ConflictOfInterest | ConflictDismissal
FIELDS: list[Field[Row]] = [
    Field("judge", "评委", 14, lambda one: one.judge.name),
    Field("entry", "项目编号", 10, lambda one: one.entry.code),
    Field("title", "项目名称", 40, lambda one: one.entry.title),
    Field("verdict", "认定", 12, lambda one: "回避" if isinstance(one, ConflictOfInterest) else "无须回避"),
    Field("source", "来源", 14, lambda one: one.get_source_display() if isinstance(one, ConflictOfInterest) else "系统比对"),
    Field("reason", "原因", 40, lambda one: one.reason),
    Field("at", "登记时间", 20, lambda one: one.at),
    Field("by", "登记人", 14, lambda one: one.recorded_by.name if isinstance(one, ConflictOfInterest) else one.by.name),
]


def conflicts_table(edition: Edition) -> Table[Row]:
    """Every pair of the edition, by entry and time."""
    here = {"entry__edition": edition}
    rows: list[Row] = [
        *ConflictOfInterest.objects.filter(**here).select_related("judge", "entry", "recorded_by"),
        *ConflictDismissal.objects.filter(**here).select_related("judge", "entry", "by"),
    ]
    rows.sort(key=lambda one: (one.entry.number or 0, one.at))
    return Table(f"{edition.short_name}回避关系", FIELDS, rows)
