"""Objections: what was objected to and what became of it; nothing of who objected."""

from __future__ import annotations

from django.db.models import QuerySet

from competitions.models import Edition
from core.table_export import Field, Table
from results.models import Objection

FIELDS: list[Field[Objection]] = [
    Field("number", "受理号", 16, lambda one: one.number),
    Field("notice", "公示", 16, lambda one: one.notice.get_kind_display()),
    Field("kind", "提出人类型", 12, lambda one: one.get_kind_display()),
    Field("entry", "涉及项目编号", 14, lambda one: one.entry.code if one.entry else ""),
    Field("title", "涉及项目", 44, lambda one: one.entry.title if one.entry else ""),
    Field("grounds", "异议内容和理由", 60, lambda one: one.grounds),
    Field("filed_at", "提出时间", 20, lambda one: one.filed_at),
    Field("investigator", "复核人", 12, lambda one: one.investigator.name if one.investigator else ""),
    Field("state", "状态", 12, lambda one: one.get_state_display()),
    Field("effect", "对结果的影响", 20, lambda one: one.get_effect_display()),
]


def objections_table(edition: Edition, chosen: QuerySet[Objection] | None = None) -> Table[Objection]:
    """Every objection of the edition, or the `chosen` alone, by acknowledgement number."""
    rows = (Objection.objects.filter(edition=edition) if chosen is None else chosen).select_related("notice", "entry", "investigator")
    return Table(f"{edition.short_name}异议", FIELDS, rows.defer("notice__body").order_by("number"))
