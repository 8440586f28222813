"""Cases of suspected vote rigging: one row a case, without the ballots' voters."""

from __future__ import annotations

from django.db.models import QuerySet

from competitions.models import Edition
from core.table_export import Field, Table
from voting.models import VoteCase, VoteCaseRelease
from voting.queries.case_list import cases_of

FIELDS: list[Field[VoteCase]] = [
    Field("number", "标识", 16, lambda one: one.public_id),
    Field("verb", "处理", 12, lambda one: one.get_verb_display()),
    Field("reason", "原因代码", 10, lambda one: one.reason),
    Field("reason_name", "原因", 20, lambda one: one.get_reason_display()),
    Field("votes", "票数", 10, lambda one: one.votes),  # type: ignore[attr-defined]
    Field("evidence", "证据说明", 60, lambda one: one.evidence),
    Field("proposed_at", "提出时间", 20, lambda one: one.proposed_at),
    Field("proposed_by", "提出人", 14, lambda one: one.proposed_by.name),
    Field("decision", "复核", 10, lambda one: _decision(one)),
    Field("decided_at", "复核时间", 20, lambda one: release.at if (release := _release(one)) else None),
    Field("decided_by", "复核人", 14, lambda one: release.by.name if (release := _release(one)) else ""),
    Field("note", "复核意见", 30, lambda one: release.note if (release := _release(one)) else ""),
]


def cases_table(edition: Edition, chosen: QuerySet[VoteCase] | None = None) -> Table[VoteCase]:
    """Every case of the edition, by time of proposal, or the `chosen` of `cases_of`, in their order."""
    rows = cases_of(edition).order_by("proposed_at", "pk") if chosen is None else chosen
    return Table(f"{edition.short_name}异常处理", FIELDS, rows)


def _release(case: VoteCase) -> VoteCaseRelease | None:
    return getattr(case, "release", None)


def _decision(case: VoteCase) -> str:
    release = _release(case)
    if release is None:
        return "待复核"
    return "已生效" if release.is_released else "不予处理"
