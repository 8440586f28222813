"""Patents: one row a right."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from entries.models import IPAsset

FIELDS: list[Field[IPAsset]] = [
    Field("entry", "项目编号", 10, lambda one: one.entry.code),
    Field("entry_title", "项目名称", 40, lambda one: one.entry.title),
    Field("entry_state", "项目状态", 12, lambda one: one.entry.get_state_display()),
    Field("is_core", "核心专利", 10, lambda one: "是" if one.is_core else ""),
    Field("asset_type", "类型", 14, lambda one: one.get_asset_type_display()),
    Field("country", "国家或地区", 12, lambda one: one.country),
    Field("title", "专利名称", 44, lambda one: one.title),
    Field("number", "申请号", 22, lambda one: one.number or one.number_raw),
    Field("filed_on", "申请日", 12, lambda one: one.filed_on),
    Field("publication_number", "公开（公告）号", 20, lambda one: one.publication_number),
    Field("granted_on", "授权公告日", 12, lambda one: one.granted_on),
    Field("status", "法律状态", 14, lambda one: one.get_status_display()),
    Field("owners", "专利权人（申请人）", 36, lambda one: one.owners),
    Field("inventors", "发明人（设计人）", 30, lambda one: one.inventors),
    Field("classification", "分类号", 16, lambda one: one.classification),
    Field("relation", "与项目的关系", 30, lambda one: one.relation),
    Field("added", "参赛后新增", 12, lambda one: "是" if one.added_after_registration else ""),
]


def patents_table(edition: Edition) -> Table[IPAsset]:
    """Every patent of every entry, in the order of the entries' lists."""
    rows = IPAsset.objects.filter(entry__edition=edition).select_related("entry")
    return Table(f"{edition.short_name}专利", FIELDS, rows.order_by("entry__number", "entry_id", "position", "pk"))
