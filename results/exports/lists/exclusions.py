"""Organisations that may not enter: one row each, those that were lifted too. The list is shared by all editions."""

from __future__ import annotations

from competitions.models import Edition, ExclusionRecord
from core.table_export import Field, Table

FIELDS: list[Field[ExclusionRecord]] = [
    Field("name", "单位名称", 40, lambda one: one.name),
    Field("uscc", "统一社会信用代码", 24, lambda one: one.uscc),
    Field("until_year", "限制到哪一年", 14, lambda one: one.until_year),
    Field("reason", "原因", 40, lambda one: one.reason),
    Field("added_at", "列入时间", 20, lambda one: one.added_at),
    Field("added_by", "列入人", 14, lambda one: one.added_by.name),
    Field("lifted_at", "解除时间", 20, lambda one: one.lifted_at),
    Field("lifted_by", "解除人", 14, lambda one: one.lifted_by.name if one.lifted_by else ""),
    Field("lift_reason", "解除原因", 40, lambda one: one.lift_reason),
]


def exclusions_table(edition: Edition) -> Table[ExclusionRecord]:
    """The whole list, newest first, whichever edition it is taken from."""
    return Table(f"{edition.short_name}排除名单", FIELDS, ExclusionRecord.objects.select_related("added_by", "lifted_by"))
