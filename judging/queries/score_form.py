"""The rubric as the score page lays it out, with the judge's own marks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from competitions.models import Criterion
from competitions.pure.bands import Band, read_bands
from core.rounding import exact_decimal, exact_sum
from judging.models import Assignment, ScoreSheet
from judging.queries.rubric import scored_criteria

COLOURS = ("c1", "c5", "c2", "c3", "c6", "c4")


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion with what was typed (text), the mark it means, and what is wrong with it (`fault`)."""

    criterion: Criterion
    text: str
    mark: Decimal | None
    fault: str = ""

    @property
    def maximum(self) -> str:
        return str(exact_decimal(self.criterion.max_score))

    @property
    def step(self) -> str:
        return str(exact_decimal(self.criterion.step))

    @property
    def weight(self) -> str:
        return str(exact_decimal(self.criterion.weight))

    @property
    def bands(self) -> list[Band]:
        """What a mark means, the highest band first."""
        return read_bands(self.criterion.bands, exact_decimal(self.criterion.max_score), exact_decimal(self.criterion.step))

    @property
    def points(self) -> Decimal:
        return exact_sum([(self.mark or Decimal(0)) * self.criterion.weight])

    @property
    def share(self) -> Decimal:
        """The most this criterion adds to the total."""
        return exact_sum([self.criterion.max_score * self.criterion.weight])


@dataclass(frozen=True, slots=True)
class Head:
    """A first-level criterion over its lines; without a name when the rubric has one level here."""

    name: str
    maximum: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """`total` of the marks given, exact, None without any; `missing` counts criteria without a mark."""

    heads: list[Head]
    total: Decimal | None
    maximum: Decimal
    missing: int

    @property
    def lines(self) -> list[Line]:
        return [line for head in self.heads for line in head.lines]

    @property
    def bars(self) -> list[dict[str, object]]:
        """The parts of the total as a stacked bar: where each begins and how wide it is, in points."""
        found: list[dict[str, object]] = []
        x = Decimal(0)
        for index, line in enumerate(self.lines):
            colour = COLOURS[index % len(COLOURS)]
            found.append({"code": line.criterion.code, "x": x, "width": line.points, "css": colour})
            x = exact_sum([x, line.points])
        return found


def score_form(
    assignment: Assignment,
    sheet: ScoreSheet | None,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> ScoreForm:
    """The form with the stored draft, or with what was `typed` and its `faults` when that could not be stored."""
    given = typed if typed is not None else (sheet.draft if sheet is not None else {})
    lines = [
        Line(one, given.get(one.code, ""), _mark(given.get(one.code, "")), (faults or {}).get(one.code, ""))
        for one in scored_criteria(assignment.seat.panel.round, assignment.entry)
    ]
    marked = [line for line in lines if line.mark is not None]
    return ScoreForm(
        heads=_heads(lines),
        total=exact_sum([line.points for line in marked]) if marked else None,
        maximum=exact_sum([line.share for line in lines]),
        missing=len(lines) - len(marked),
    )


def _heads(lines: list[Line]) -> list[Head]:
    heads: list[Head] = []
    last: object = object()
    for line in lines:
        parent = line.criterion.parent
        if parent is None or parent != last:
            heads.append(Head(parent.name if parent else "", str(exact_decimal(parent.max_score)) if parent else "", []))
        heads[-1].lines.append(line)
        last = parent
    return heads


def _mark(text: str) -> Decimal | None:
    try:
        mark = Decimal(text) if text and len(text) <= 12 else None
    except InvalidOperation:
        return None
    return mark if mark is not None and mark.is_finite() and abs(mark.adjusted()) < 6 else None
