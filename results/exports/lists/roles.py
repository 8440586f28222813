"""Roles of the edition: who holds or held which, granted by whom."""

from __future__ import annotations

from competitions.models import Edition, Role
from core.table_export import Field, Table

FIELDS: list[Field[Role]] = [
    Field("role", "角色", 14, lambda one: one.get_kind_display()),
    Field("person", "姓名", 14, lambda one: one.user.name),
    Field("granted_at", "授予时间", 20, lambda one: one.granted_at),
    Field("granted_by", "授予人", 14, lambda one: one.granted_by.name),
    Field("reason", "原因", 30, lambda one: one.reason),
    Field("ended_at", "结束时间", 20, lambda one: one.ended_at),
    Field("ended_by", "结束人", 14, lambda one: one.ended_by.name if one.ended_by else ""),
]


def roles_table(edition: Edition) -> Table[Role]:
    """Every role of the edition, those that ended too, by kind and time."""
    rows = Role.objects.filter(edition=edition).select_related("user", "granted_by", "ended_by")
    return Table(f"{edition.short_name}角色", FIELDS, rows.order_by("kind", "granted_at", "pk"))
