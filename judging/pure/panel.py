"""From the judges' totals of one entry to its panel score: plain mean or trimmed mean (trust.md §1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from competitions.pure.panel_rule import PLAIN, TRIMMED, PanelRule
from core.fault import Fault
from core.rounding import exact, exact_sum, mean, round_half_up

Mark = Decimal | None


@dataclass(frozen=True, slots=True)
class PanelScore:
    """A panel score with what led to it. The numbers in the tuples are positions in the marks given, from 0.

    `left_out`: judges without a mark; `dropped_high`, `dropped_low`: marks trimmed away; `kept`: marks averaged.
    `untrimmed_sum`, `untrimmed_mean`: of all marks there are, for the tie chain.
    """

    score: Decimal
    method: str
    kept: tuple[int, ...]
    dropped_high: tuple[int, ...]
    dropped_low: tuple[int, ...]
    left_out: tuple[int, ...]
    untrimmed_sum: Decimal
    untrimmed_mean: Decimal


def trimmed_mean(marks: Sequence[Mark], drop_high: int = 1, drop_low: int = 1, places: int = 2) -> Decimal:
    """The mean after `drop_high` highest and `drop_low` lowest marks are dropped, one instance each even when tied.

    None (absent, recused) is left out, never 0. Refuses trimming that would leave nothing.
    """
    kept, _, _ = _trim(marks, drop_high, drop_low)
    return round_half_up(mean(_values(marks, kept)), places)


def plain_mean(marks: Sequence[Mark], places: int = 2) -> Decimal:
    """The mean of all marks there are. Refuses an entry nobody has marked."""
    return trimmed_mean(marks, 0, 0, places)


def panel_method(mark_counts: Iterable[int], rule: PanelRule, *, plain_decided: bool = False) -> str:
    """`trimmed` or `plain`: the one method for ALL entries of a round, from the number of marks each entry has.

    Trimmed when every entry has at least `rule.min_marks`; plain when no entry has. When only some have, the chief
    judge decides: wait, add a judge, or (`plain_decided`) the plain mean for the whole round. Undecided is refused.
    """
    counts = list(mark_counts)
    if rule.method == PLAIN or plain_decided or all(count < rule.min_marks for count in counts):
        return PLAIN
    short = sum(1 for count in counts if count < rule.min_marks)
    if short:
        raise Fault(
            "marks_missing",
            f"有 {short} 个项目的有效评分不足 {rule.min_marks} 个，而其他项目已满足去分条件。"
            "请评委组长决定：等待补评、增加评委，或整轮改取平均分。",
            short=short,
        )
    return TRIMMED


def panel_score(marks: Sequence[Mark], rule: PanelRule, *, method: str | None = None) -> PanelScore:
    """The panel score of one entry with the marks that were dropped.

    `method` is the round's, from `panel_method`; without it the entry is looked at alone: trimmed when the rule says
    so and there are at least `rule.min_marks` marks.
    """
    present = [mark for mark in marks if mark is not None]
    chosen = method or panel_method([len(present)], rule)
    high, low = (rule.drop_high, rule.drop_low) if chosen == TRIMMED else (0, 0)
    kept, dropped_high, dropped_low = _trim(marks, high, low)
    return PanelScore(
        score=round_half_up(mean(_values(marks, kept)), rule.places),
        method=chosen,
        kept=kept,
        dropped_high=dropped_high,
        dropped_low=dropped_low,
        left_out=tuple(position for position, mark in enumerate(marks) if mark is None),
        untrimmed_sum=exact_sum(present),
        untrimmed_mean=round_half_up(mean(present), rule.places),
    )


def _values(marks: Sequence[Mark], positions: Iterable[int]) -> list[Decimal]:
    return [mark for position in positions if (mark := marks[position]) is not None]


def _trim(marks: Sequence[Mark], high: int, low: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Positions kept, dropped as highest, dropped as lowest. Of equal lows the first goes, of equal highs the last."""
    if high < 0 or low < 0:
        raise Fault("bad_trim", "去掉的分数个数不能为负。")
    present = [(exact(mark), position) for position, mark in enumerate(marks) if mark is not None]
    order = [position for _, position in sorted(present)]
    if not order:
        raise Fault("no_marks", "该项目没有任何有效评分，不能计算得分。")
    if high + low >= len(order):
        raise Fault(
            "trim_leaves_nothing",
            f"只有 {len(order)} 个有效评分，去掉 {high} 个最高分和 {low} 个最低分后一个不剩。请减少去分个数或补充评分。",
        )
    cut = len(order) - high
    return tuple(sorted(order[low:cut])), tuple(sorted(order[cut:])), tuple(sorted(order[:low]))
