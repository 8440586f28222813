"""Score sheets: one row a mark, of rounds that were computed. Before that nobody may see a mark, in no file either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from competitions.models import Criterion, Edition, Round
from competitions.queries.rule_set import scored_rounds
from core.table_export import Field, Table
from entries.models import Entry
from judging.queries.marks import criterion_marks, round_marks
from judging.queries.rubric import scored_criteria
from results.queries.state import latest_result


@dataclass(frozen=True, slots=True)
class MarkRow:
    round: Round
    entry: Entry
    seat: str
    criterion: Criterion
    score: Decimal
    total: Decimal | None


FIELDS: list[Field[MarkRow]] = [
    Field("round", "轮次", 10, lambda one: one.round.name),
    Field("number", "编号", 8, lambda one: one.entry.code),
    Field("title", "项目名称", 40, lambda one: one.entry.title),
    Field("seat", "席位", 10, lambda one: one.seat),
    Field("criterion", "评分项代号", 12, lambda one: one.criterion.code),
    Field("criterion_name", "评分项", 24, lambda one: one.criterion.name),
    Field("maximum", "满分", 8, lambda one: one.criterion.max_score),
    Field("score", "得分", 8, lambda one: one.score),
    Field("total", "该评委总分", 12, lambda one: one.total),
]


def sheets_table(edition: Edition) -> Table[MarkRow]:
    """The marks of every computed round, by round, entry, seat and criterion."""
    return Table(f"{edition.short_name}评分明细", FIELDS, list(_rows(edition)))


def _rows(edition: Edition) -> Iterator[MarkRow]:
    for round_ in scored_rounds(edition):
        if latest_result(round_) is None:
            continue
        totals, marks = round_marks(round_), criterion_marks(round_)
        tracks: dict[int | None, list[Criterion]] = {}
        for entry in Entry.objects.filter(pk__in=marks).order_by("number"):
            if entry.track_id not in tracks:
                tracks[entry.track_id] = scored_criteria(round_, entry)
            for seat, scores in sorted(marks[entry.pk].items()):
                for criterion in tracks[entry.track_id]:
                    yield MarkRow(round_, entry, seat, criterion, scores[criterion.code], totals[entry.pk][seat])
