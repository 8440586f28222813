"""Longer terms granted to single applicants: one row each."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from entries.models import DeadlineExtension

FIELDS: list[Field[DeadlineExtension]] = [
    Field("organisation", "单位名称", 36, lambda one: one.organisation.name),
    Field("entry", "项目编号", 10, lambda one: one.entry.code if one.entry else ""),
    Field("title", "项目名称", 40, lambda one: one.entry.title if one.entry else ""),
    Field("kind", "期限", 24, lambda one: one.get_kind_display()),
    Field("until", "延至", 20, lambda one: one.until),
    Field("reason", "理由", 40, lambda one: one.reason),
    Field("granted_at", "准许时间", 20, lambda one: one.granted_at),
    Field("granted_by", "准许人", 14, lambda one: one.granted_by.name),
]


def extensions_table(edition: Edition) -> Table[DeadlineExtension]:
    """Every longer term of the edition, newest first."""
    rows = edition.extensions.select_related("organisation", "entry", "granted_by").order_by("-granted_at", "-pk")
    return Table(f"{edition.short_name}个别延期", FIELDS, rows)
