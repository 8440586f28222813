"""Entries: one row a project."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet

from competitions.models import Edition
from core.table_export import Field, Table
from entries.models import Entry, EntryApplicant, IPAsset
from entries.queries.entry_list import listed_entries

LEAD, JOINT = EntryApplicant.Part.LEAD, EntryApplicant.Part.JOINT

FIELDS: list[Field[Entry]] = [
    Field("number", "编号", 8, lambda one: one.code),
    Field("receipt", "受理号", 16, lambda one: one.receipt or ""),  # type: ignore[attr-defined]
    Field("title", "项目名称", 44, lambda one: one.title),
    Field("short_name", "简称", 12, lambda one: one.short_name),
    Field("lead", "牵头单位", 36, lambda one: _names(one, LEAD)),
    Field("joint", "联合单位", 36, lambda one: _names(one, JOINT)),
    Field("group", "组别", 12, lambda one: one.group.name if one.group else ""),
    Field("group_reason", "分组理由", 40, lambda one: one.group_reason),
    Field("industry", "所属产业", 20, lambda one: one.get_industry_display()),
    Field("ipc_main", "主分类号", 14, lambda one: one.ipc_main),
    Field("state", "状态", 14, lambda one: one.get_state_display()),
    Field("patents", "专利件数", 10, lambda one: one.asset_count),  # type: ignore[attr-defined]
    Field("core", "核心专利", 22, lambda one: next((asset.number for asset in one.core_assets), "")),  # type: ignore[attr-defined]
    Field("submitted_at", "提交时间", 20, lambda one: one.submitted_at),
    Field("accepted_at", "通过时间", 20, lambda one: one.accepted_at),
]


def entries_table(edition: Edition, chosen: QuerySet[Entry] | None = None) -> Table[Entry]:
    """Every entry of the edition, drafts too, by number and then by age; or the `chosen` of `listed_entries`, in their order."""
    applicants = EntryApplicant.objects.select_related("organisation").order_by("pk")
    core = IPAsset.objects.filter(is_core=True)
    found = listed_entries(edition).order_by("number", "pk") if chosen is None else chosen
    rows = found.annotate(asset_count=Count("assets", distinct=True)).prefetch_related(
        Prefetch("applicants", applicants), Prefetch("assets", core, to_attr="core_assets")
    )
    return Table(f"{edition.short_name}参赛项目", FIELDS, rows)


def _names(entry: Entry, part: str) -> str:
    return "、".join(one.organisation.name for one in entry.applicants.all() if one.part == part)
