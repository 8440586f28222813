"""One judge's marks of one entry: each on its step and within its maximum, added up without any rounding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.fault import Fault
from core.rounding import exact, exact_decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: marks go from 0 to `maximum` in steps of `step`; the total counts them × `weight`."""

    code: str
    name: str
    maximum: Decimal
    step: Decimal = Decimal("0.5")
    weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not self.code or not self.name:
            raise Fault("bad_criterion", "评分项的代码和名称都要填写。")
        if exact(self.maximum) <= 0 or exact(self.step) <= 0 or exact(self.weight) <= 0:
            raise Fault("bad_criterion", f"“{self.name}”的满分、步长和权重都须大于 0。")
        if exact(self.maximum) % exact(self.step):
            raise Fault("bad_criterion", f"“{self.name}”的满分 {self.maximum} 不是步长 {self.step} 的整数倍。")


def criterion_score(score: Decimal, criterion: Criterion) -> Decimal:
    """The score itself when it may be given; otherwise a refusal that says what may (trust.md §1)."""
    value = exact(score)
    if not 0 <= value <= criterion.maximum:
        raise Fault(
            "score_out_of_range", f"“{criterion.name}”应在 0 至 {criterion.maximum} 分之间，现为 {score} 分。"
        )
    if value % exact(criterion.step):
        raise Fault("score_off_step", f"“{criterion.name}”以 {criterion.step} 分为一档，{score} 分不在档上。")
    return score


def judge_total(scores: Mapping[str, Decimal], criteria: Iterable[Criterion]) -> Decimal:
    """Σ score × weight over the whole rubric, exact. `scores` maps criterion code to score.

    Refuses a missing criterion, an unknown one, and any score off its step or outside its range.
    """
    rubric = list(criteria)
    unknown = sorted(set(scores) - {criterion.code for criterion in rubric})
    if unknown:
        raise Fault("unknown_criterion", f"评分表中没有这些评分项：{'、'.join(unknown)}。")
    missing = [criterion.name for criterion in rubric if scores.get(criterion.code) is None]
    if missing or not rubric:
        raise Fault("criterion_missing", f"还有评分项没有打分：{'、'.join(missing) or '评分表为空'}。")
    return exact_decimal(
        sum(exact(criterion_score(scores[one.code], one)) * exact(one.weight) for one in rubric)
    )
