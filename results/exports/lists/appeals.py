"""Appeals of entrants against votes that were left out: one row an appeal, with the committee's answer."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from voting.models import VoteAppeal
from voting.queries.appeals import appeals_of

FIELDS: list[Field[VoteAppeal]] = [
    Field("entry", "项目编号", 10, lambda one: one.entry.code),
    Field("title", "项目名称", 40, lambda one: one.entry.title),
    Field("text", "申诉理由", 60, lambda one: one.text),
    Field("filed_at", "提交时间", 20, lambda one: one.filed_at),
    Field("filed_by", "提交人", 14, lambda one: one.filed_by.name),
    Field("state", "状态", 12, lambda one: "已答复" if one.answered_at else "等待答复"),
    Field("answer", "答复", 60, lambda one: one.answer),
    Field("answered_at", "答复时间", 20, lambda one: one.answered_at),
    Field("answered_by", "答复人", 14, lambda one: one.answered_by.name if one.answered_by else ""),
]


def appeals_table(edition: Edition) -> Table[VoteAppeal]:
    """Every appeal of the edition, those without an answer first, as on its page."""
    return Table(f"{edition.short_name}票数申诉", FIELDS, appeals_of(edition))
