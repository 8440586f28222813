"""Judges: one row a seat, with how far it is; no marks."""

from __future__ import annotations

from django.db.models import Count, Q

from competitions.models import Edition
from core.table_export import Field, Table
from judging import states
from judging.models import PanelSeat

FIELDS: list[Field[PanelSeat]] = [
    Field("round", "轮次", 10, lambda one: one.panel.round.name),
    Field("panel", "评审组", 16, lambda one: one.panel.name),
    Field("seat", "席位", 10, lambda one: one.label),
    Field("judge", "评委", 14, lambda one: one.judge.name),
    Field("is_chief", "组长", 8, lambda one: "是" if one.is_chief else ""),
    Field("assigned", "分配", 8, lambda one: one.assigned),  # type: ignore[attr-defined]
    Field("submitted", "已提交", 8, lambda one: one.submitted),  # type: ignore[attr-defined]
    Field("recused", "回避", 8, lambda one: one.recused),  # type: ignore[attr-defined]
    Field("declared_at", "签署声明", 20, lambda one: one.declared_at),
]


def judges_table(edition: Edition) -> Table[PanelSeat]:
    """Every seat of every panel, by round."""
    rows = PanelSeat.objects.filter(panel__round__edition=edition).select_related("panel__round", "judge")
    counted = rows.annotate(
        assigned=Count("assignments", filter=Q(assignments__state=states.ASSIGNED)),
        submitted=Count("assignments", filter=Q(assignments__state=states.ASSIGNED, assignments__sheet__state=states.LOCKED)),
        recused=Count("assignments", filter=Q(assignments__state=states.RECUSED)),
    )
    return Table(f"{edition.short_name}评委与进度", FIELDS, counted.order_by("panel__round__position", "panel__name", "number"))
