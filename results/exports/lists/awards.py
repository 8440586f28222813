"""Awards of the published result, with their certificates."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from results.models import AwardDecision, Certificate
from results.queries.state import final_result

FIELDS: list[Field[AwardDecision]] = [
    Field("award", "奖项", 14, lambda one: one.award_type.name),
    Field("group", "组别", 12, lambda one: one.placing.group.name),
    Field("place", "名次", 8, lambda one: one.placing.place),
    Field("number", "编号", 8, lambda one: one.placing.entry.code),
    Field("title", "项目名称", 44, lambda one: one.placing.entry.title),
    Field("organisations", "参赛单位", 40, lambda one: _names(one)),
    Field("total", "总分", 10, lambda one: one.placing.total),
    Field("certificate", "证书编号", 24, lambda one: _certificate(one).number if _certificate(one) else ""),  # type: ignore[union-attr]
    Field("revoked", "证书状态", 12, lambda one: _standing(_certificate(one))),
    Field("note", "说明", 30, lambda one: one.note),
]


def awards_table(edition: Edition) -> Table[AwardDecision]:
    """The awards in force, by award, group and place; empty before the result is published."""
    result = final_result(edition)
    rows = AwardDecision.objects.filter(placing__result=result) if result else AwardDecision.objects.none()
    rows = rows.select_related("award_type", "placing__entry", "placing__group")
    ordered = rows.prefetch_related("placing__entry__applicants__organisation", "certificates").order_by(
        "award_type__position", "placing__group__position", "placing__place", "pk"
    )
    return Table(f"{edition.short_name}奖项与证书", FIELDS, ordered)


def _names(award: AwardDecision) -> str:
    return "、".join(one.organisation.name for one in award.placing.entry.applicants.all())


def _certificate(award: AwardDecision) -> Certificate | None:
    """The newest of the award: a reissued one stands for those before it."""
    return max(award.certificates.all(), key=lambda one: one.pk, default=None)


def _standing(certificate: Certificate | None) -> str:
    if certificate is None:
        return "未签发"
    return "已撤销" if certificate.revoked_at else "有效"
