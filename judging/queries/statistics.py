"""A closed round's marks as the committee looks at them: agreement, severity, outlying sheets. Shown, never counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import quantiles

from competitions.models import Round
from core.fault import Fault
from entries.models import Entry
from judging.queries.marks import round_marks
from judging.queries.participants import participants
from judging.statistics import icc, kendall_w, krippendorff_alpha, mixed_fit, outlying_sheets

WIDTH = 20.0  # points of severity from the middle to the edge of the picture, at least


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge: effect in points (positive: lenient), where its bar begins and how wide it is in hundredths of the picture,
    the five figures of the marks given (least, quarters, greatest), and where they lie in hundredths of the picture, which runs
    from the least to the greatest mark of the round."""

    label: str
    effect: float
    word: str
    bar_x: float
    bar_width: float
    five: tuple[float, ...]
    five_x: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry: raw mean, mean freed from the judges' effects, and places by each."""

    entry: Entry
    raw: float
    adjusted: float
    raw_place: int
    adjusted_place: int


@dataclass(slots=True)
class RoundStatistics:
    """`refusals`: why a figure is not shown, in sentences; `span`: the least and the greatest mark given."""

    agreement: list[tuple[str, str, str]] = field(default_factory=list)
    judges: list[JudgeLine] = field(default_factory=list)
    entries: list[EntryLine] = field(default_factory=list)
    outlying: list[tuple[Entry, str, float, float]] = field(default_factory=list)
    span: tuple[float, float] | None = None
    deviation: tuple[float, float] | None = None
    refusals: list[str] = field(default_factory=list)


def round_statistics(round: Round) -> RoundStatistics:
    """Everything the page shows; what cannot be computed is left out, with its reason."""
    entries = {entry.pk: entry for entry in participants(round)}
    marks = round_marks(round)
    found = RoundStatistics()
    is_complete = all(mark is not None for row in marks.values() for mark in row.values()) and (
        len({frozenset(row) for row in marks.values()}) == 1
    )
    try:
        found.agreement = _complete(marks) if is_complete else _with_gaps(marks)
    except Fault as fault:
        found.refusals.append(fault.message)
    try:
        _severity(found, marks, entries)
    except Fault as fault:
        found.refusals.append(fault.message)
    return found


def _complete(marks) -> list[tuple[str, str, str]]:
    order, panel = kendall_w(marks), icc(marks)
    return [
        ("次序一致程度（Kendall W）", f"{order.value:.3f}", f"1 为完全一致；偶然达到的概率{_small(order.probability)}"),
        ("评委组平均分的可靠程度 ICC(2,k)", f"{panel.two_k:.3f}", "越接近 1，换一组评委结果越可能相同"),
        ("单个评委的可靠程度 ICC(2,1)", f"{panel.two_1:.3f}", ""),
    ]


def _small(probability: float) -> str:
    return "小于 0.001" if probability < 0.0005 else f" {probability:.3f}"


def _with_gaps(marks) -> list[tuple[str, str, str]]:
    alpha = krippendorff_alpha(marks)
    return [("一致程度（Krippendorff α，等距）", f"{alpha:.3f}", "每个项目只由部分评委评分时用；1 为完全一致，0 相当于偶然")]


def _severity(found: RoundStatistics, marks, entries: dict[int, Entry]) -> None:
    fit = mixed_fit(marks)
    all_given = [float(mark) for row in marks.values() for mark in row.values() if mark is not None]
    least, greatest = found.span = min(all_given), max(all_given)
    edge = max(WIDTH / 4, *(abs(effect) for effect in fit.judge_effects.values()))
    for label, effect in sorted(fit.judge_effects.items(), key=lambda item: item[1]):
        given = sorted(float(row[label]) for row in marks.values() if row.get(label) is not None)
        five = (given[0], *(quantiles(given, n=4) if len(given) > 1 else given * 3), given[-1])
        width = 50 * abs(effect) / edge
        word = "偏宽" if effect > 1 else "偏严" if effect < -1 else "居中"
        five_x = tuple(100 * (mark - least) / (greatest - least) if greatest > least else 50.0 for mark in five)
        found.judges.append(JudgeLine(label, effect, word, 50 - width if effect < 0 else 50, width, five, five_x))
    raw, adjusted = _places(fit.raw), _places(fit.adjusted)
    lines = [EntryLine(entries[pk], fit.raw[pk], fit.adjusted[pk], raw[pk], adjusted[pk]) for pk in fit.raw]
    found.entries = sorted(lines, key=lambda line: (line.raw_place, line.entry.number or 0))
    found.outlying = [(entries[one.entry], one.judge, one.mark, one.expected) for one in outlying_sheets(fit)]
    found.deviation = fit.judge_deviation, fit.residual_deviation


def _places(means) -> dict[int, int]:
    return {pk: 1 + sum(1 for other in means.values() if other > value + 1e-9) for pk, value in means.items()}
