"""Who scores what: one row for each entry of each seat, with how far the sheet is; no marks, and no names in a blind round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from competitions.models import Edition
from core.table_export import Field, Table
from judging.models import Assignment
from judging.queries.material import entry_title
from judging.queries.progress import word_of

WORDS = {"empty": "未开始", "draft": "填写中", "locked": "已提交", "recused": "回避", "withdrawn": "已撤销"}


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment and the title its judge reads."""

    assignment: Assignment
    title: str


FIELDS: list[Field[AssignmentRow]] = [
    Field("round", "轮次", 10, lambda one: one.assignment.seat.panel.round.name),
    Field("entry", "编号", 8, lambda one: one.assignment.entry.code),
    Field("title", "项目名称", 44, lambda one: one.title),
    Field("panel", "评审组", 16, lambda one: one.assignment.seat.panel.name),
    Field("seat", "席位", 10, lambda one: one.assignment.seat.label),
    Field("judge", "评委", 14, lambda one: one.assignment.seat.judge.name),
    Field("state", "评分", 10, lambda one: WORDS[word_of(one.assignment)]),
]


def assignments_table(edition: Edition) -> Table[AssignmentRow]:
    """Every assignment of every round, by round and entry. The chief judge takes it too, and scores entries of a blind round."""
    return Table(f"{edition.short_name}评审进度", FIELDS, list(_rows(edition)))


def _rows(edition: Edition) -> Iterator[AssignmentRow]:
    found = Assignment.objects.filter(seat__panel__round__edition=edition).select_related("seat__panel__round", "seat__judge", "entry", "sheet")
    ordered = found.order_by("seat__panel__round__position", "entry__number", "seat__number")
    titles: dict[tuple[int, bool], str] = {}
    for one in ordered.prefetch_related("entry__applicants__organisation", "entry__assets"):
        key = (one.entry_id, one.seat.panel.round.is_blind)
        if key not in titles:
            titles[key] = entry_title(one.entry, key[1])
        yield AssignmentRow(one, titles[key])
