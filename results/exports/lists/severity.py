"""How strict the judges were and what that does to each entry: the figures of the page of statistics, of computed rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from competitions.models import Edition, Round
from competitions.queries.rule_set import scored_rounds
from core.table_export import Field, Table
from judging.queries.statistics import EntryLine, JudgeLine, RoundStatistics, round_statistics
from results.queries.state import latest_result


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """A judge or an entry of a round."""

    round: Round
    judge: JudgeLine | None = None
    entry: EntryLine | None = None


FIELDS: list[Field[SeverityRow]] = [
    Field("round", "轮次", 10, lambda one: one.round.name),
    Field("seat", "席位", 12, lambda one: one.judge.label if one.judge else ""),
    Field("effect", "宽严（分）", 12, lambda one: _points(one.judge.effect) if one.judge else None),
    Field("word", "宽严", 8, lambda one: one.judge.word if one.judge else ""),
    Field("least", "最低分", 10, lambda one: _points(one.judge.five[0]) if one.judge else None),
    Field("median", "中位分", 10, lambda one: _points(one.judge.five[2]) if one.judge else None),
    Field("greatest", "最高分", 10, lambda one: _points(one.judge.five[4]) if one.judge else None),
    Field("number", "编号", 8, lambda one: one.entry.entry.code if one.entry else ""),
    Field("title", "项目名称", 44, lambda one: one.entry.entry.title if one.entry else ""),
    Field("raw", "原始平均", 12, lambda one: _points(one.entry.raw) if one.entry else None),
    Field("adjusted", "校正平均", 12, lambda one: _points(one.entry.adjusted) if one.entry else None),
    Field("raw_place", "原始名次", 10, lambda one: one.entry.raw_place if one.entry else None),
    Field("adjusted_place", "校正名次", 10, lambda one: one.entry.adjusted_place if one.entry else None),
]


def severity_table(edition: Edition) -> Table[SeverityRow]:
    """By round, first its judges, the strictest first, then its entries by place. Shown, never counted."""
    return Table(f"{edition.short_name}评分统计", FIELDS, list(_rows(edition)))


def _rows(edition: Edition) -> Iterator[SeverityRow]:
    for round_ in scored_rounds(edition):
        if latest_result(round_) is None:
            continue
        found: RoundStatistics = round_statistics(round_)
        yield from (SeverityRow(round_, judge=line) for line in found.judges)
        yield from (SeverityRow(round_, entry=line) for line in found.entries)


def _points(value: float) -> Decimal:
    """A statistic, to two places as the page shows it; no official figure is made of it."""
    return Decimal(f"{value:.2f}")
