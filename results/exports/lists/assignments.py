"""Who scores what: one row for each entry of each seat, with how far the sheet is; no marks."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from judging.models import Assignment
from judging.queries.progress import word_of

WORDS = {"empty": "未开始", "draft": "填写中", "locked": "已提交", "recused": "回避", "withdrawn": "已撤销"}
FIELDS: list[Field[Assignment]] = [
    Field("round", "轮次", 10, lambda one: one.seat.panel.round.name),
    Field("entry", "编号", 8, lambda one: one.entry.code),
    Field("title", "项目名称", 44, lambda one: one.entry.title),
    Field("panel", "评审组", 16, lambda one: one.seat.panel.name),
    Field("seat", "席位", 10, lambda one: one.seat.label),
    Field("judge", "评委", 14, lambda one: one.seat.judge.name),
    Field("state", "评分", 10, lambda one: WORDS[word_of(one)]),
]


def assignments_table(edition: Edition) -> Table[Assignment]:
    """Every assignment of every round, by round and entry."""
    rows = Assignment.objects.filter(seat__panel__round__edition=edition).select_related("seat__panel__round", "seat__judge", "entry", "sheet")
    return Table(f"{edition.short_name}评审进度", FIELDS, rows.order_by("seat__panel__round__position", "entry__number", "seat__number"))
