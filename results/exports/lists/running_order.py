"""The order of appearance in the final: one row a place, from the draws that stand."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from judging import states
from judging.models import DrawPosition

FIELDS: list[Field[DrawPosition]] = [
    Field("group", "组别", 12, lambda one: one.draw.group.name),
    Field("position", "出场次序", 10, lambda one: one.position),
    Field("number", "编号", 8, lambda one: one.entry.code),
    Field("title", "项目名称", 44, lambda one: one.entry.title),
    Field("organisations", "参赛单位", 40, lambda one: "、".join(part.organisation.name for part in one.entry.applicants.all())),
    Field("method", "抽签方式", 16, lambda one: one.draw.get_method_display()),
    Field("by_staff", "工作人员代抽", 14, lambda one: "是" if one.is_drawn_by_staff else ""),
    Field("drawn_at", "抽签时间", 20, lambda one: one.draw.drawn_at),
    Field("state", "状态", 12, lambda one: one.draw.get_state_display()),
]


def running_order_table(edition: Edition) -> Table[DrawPosition]:
    """Every place of the draws in force, by group; empty before the draw. Attempts that were replaced are left out."""
    rows = DrawPosition.objects.filter(draw__round__edition=edition).exclude(draw__state=states.REPLACED)
    loaded = rows.select_related("draw__group__track", "entry").prefetch_related("entry__applicants__organisation")
    return Table(f"{edition.short_name}出场顺序", FIELDS, loaded.order_by("draw__group__track__position", "draw__group__position", "position"))
