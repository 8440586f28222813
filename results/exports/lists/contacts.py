"""Contacts of the entrants, in full: for telephoning, not for keeping. Whoever takes it stands in the journal."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from entries.models import EntryApplicant

FIELDS: list[Field[EntryApplicant]] = [
    Field("entry", "项目编号", 10, lambda one: one.entry.code),
    Field("entry_title", "项目名称", 40, lambda one: one.entry.title),
    Field("state", "项目状态", 12, lambda one: one.entry.get_state_display()),
    Field("organisation", "单位名称", 36, lambda one: one.organisation.name),
    Field("part", "身份", 10, lambda one: one.get_part_display()),
    Field("contact", "联系人", 12, lambda one: one.organisation.contact_name),
    Field("mobile", "联系手机", 18, lambda one: one.organisation.contact_mobile),
    Field("email", "联系邮箱", 28, lambda one: one.organisation.contact_email),
]


def contacts_table(edition: Edition) -> Table[EntryApplicant]:
    """One row for each part an organisation has in an entry, by number of the entry."""
    rows = EntryApplicant.objects.filter(entry__edition=edition).select_related("entry", "organisation")
    return Table(f"{edition.short_name}联系人", FIELDS, rows.order_by("entry__number", "entry_id", "-part", "pk"))
