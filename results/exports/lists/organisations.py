"""Organisations: one row an entrant. Leading and joining are counted apart, because projects and entrants are two counts."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation
from competitions.models import Edition
from core.table_export import Field, Table
from entries import states
from entries.models import EntryApplicant

FIELDS: list[Field[Organisation]] = [
    Field("name", "单位名称", 40, lambda one: one.name),
    Field("kind", "主体类型", 16, lambda one: one.get_kind_display()),
    Field("uscc", "统一社会信用代码", 24, lambda one: one.uscc),
    Field("registered_in", "登记地（境外）", 16, lambda one: one.get_registered_in_display()),
    Field("registration_number", "登记编号（境外）", 20, lambda one: one.registration_number),
    Field("district", "所在县（市、区）", 16, lambda one: one.get_district_display()),
    Field("verified", "已核验", 10, lambda one: "是" if one.verified_at else ""),
    Field("led", "牵头项目", 10, lambda one: one.led),  # type: ignore[attr-defined]
    Field("joined", "联合项目", 10, lambda one: one.joined),  # type: ignore[attr-defined]
    Field("accepted", "形式审查通过", 14, lambda one: one.accepted),  # type: ignore[attr-defined]
]


def organisations_table(edition: Edition, chosen: QuerySet[Organisation] | None = None) -> Table[Organisation]:
    """Everybody who leads or joins an entry of the edition, or the `chosen` alone, by name."""
    here = Q(applications__entry__edition=edition)
    found = Organisation.objects.filter(here) if chosen is None else Organisation.objects.filter(pk__in=chosen.order_by().values("pk"))
    rows = found.annotate(
        led=Count("applications", filter=here & Q(applications__part=EntryApplicant.Part.LEAD), distinct=True),
        joined=Count("applications", filter=here & Q(applications__part=EntryApplicant.Part.JOINT), distinct=True),
        accepted=Count("applications", filter=here & Q(applications__entry__state=states.ACCEPTED), distinct=True),
    )
    return Table(f"{edition.short_name}参赛单位", FIELDS, rows.order_by("name", "pk"))
