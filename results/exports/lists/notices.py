"""Public notices: one row a notice, with what became of objections to it, in numbers."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from results.models import Notice, Objection
from results.queries.notices import published_notices
from results.queries.objections import ObjectionCounts, objection_counts

Row = tuple[Notice, ObjectionCounts]
FIELDS: list[Field[Row]] = [
    Field("title", "公示", 40, lambda one: one[0].title),
    Field("kind", "类型", 16, lambda one: one[0].get_kind_display()),
    Field("version", "结果版本", 10, lambda one: one[0].result.version if one[0].result else None),
    Field("opens_at", "开始", 20, lambda one: one[0].opens_at),
    Field("closes_at", "截止", 20, lambda one: one[0].closes_at),
    Field("closed_at", "结束公示", 20, lambda one: one[0].closing.at if hasattr(one[0], "closing") else None),
    Field("filed", "收到异议", 10, lambda one: one[1].filed),
    Field("declined", "不予受理", 10, lambda one: one[1].declined),
    Field("upheld", "成立", 10, lambda one: one[1].upheld),
    Field("dismissed", "不成立", 10, lambda one: one[1].dismissed),
    Field("withdrawn", "撤回", 10, lambda one: one[1].withdrawn),
    Field("answered", "已答复", 10, lambda one: one[1].answered),
]


def notices_table(edition: Edition) -> Table[Row]:
    """Every published notice, the newest first."""
    rows = [(one, objection_counts(Objection.objects.filter(notice=one))) for one in published_notices(edition)]
    return Table(f"{edition.short_name}公示", FIELDS, rows)
