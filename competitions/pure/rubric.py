"""A rubric (评分标准) as data: criteria on two levels, and what makes one usable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from competitions.pure.bands import read_bands
from core.fault import Fault
from core.rounding import exact, exact_sum

FULL_MARK = Decimal(100)
STEPS = (Decimal("0.1"), Decimal("0.5"), Decimal(1))


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion. `parent` is the code of a first-level criterion, or empty. Marks are 0…`max_score` on `step`.

    `bands`: what a mark means, see `competitions.pure.bands`; empty for the usual four.
    """

    code: str
    name: str
    max_score: Decimal
    parent: str = ""
    guidance: str = ""
    bands: str = ""
    step: Decimal = Decimal("0.5")
    weight: Decimal = Decimal(1)


def leaves(rows: Iterable[CriterionRow]) -> list[CriterionRow]:
    """The criteria that are scored: those that no other names as its parent."""
    listed = list(rows)
    parents = {row.parent for row in listed}
    return [row for row in listed if row.code not in parents]


def full_mark(rows: Iterable[CriterionRow]) -> Decimal:
    """The highest total a judge can give: Σ max × weight over the leaves."""
    return exact_sum(exact(row.max_score) * exact(row.weight) for row in leaves(rows))


def rubric_faults(rows: Sequence[CriterionRow]) -> list[str]:
    """Every fault of shape, one Chinese sentence each; the sum is a question of its own (`sum_faults`)."""
    if not rows:
        return ["评分标准至少要有一项指标。"]
    faults = [*_code_faults(rows), *_parent_faults(rows)]
    for row in rows:
        faults += _value_faults(row)
    return faults or _sum_of_children_faults(rows)


def sum_faults(rows: Sequence[CriterionRow]) -> list[str]:
    """Why the rubric does not add up to 100; empty when it does."""
    total = full_mark(rows) if rows else Decimal(0)
    return [] if total == FULL_MARK else [f"各项满分 × 权重之和应为 100，现为 {total:f}。"]


def _code_faults(rows: Sequence[CriterionRow]) -> list[str]:
    codes = [row.code for row in rows]
    faults = [f"编号“{code}”用了不止一次。" for code in sorted(set(codes)) if codes.count(code) > 1]
    if any(not row.code or not row.name for row in rows):
        faults.append("每项指标都要有编号和名称。")
    return faults


def _parent_faults(rows: Sequence[CriterionRow]) -> list[str]:
    first_level = {row.code for row in rows if not row.parent}
    return [f"“{row.code}”的上级“{row.parent}”不是一级指标。" for row in rows if row.parent and row.parent not in first_level]


def _value_faults(row: CriterionRow) -> list[str]:
    where = f"“{row.code} {row.name}”"
    if row.max_score <= 0 or row.weight <= 0:
        return [f"{where}的满分和权重须大于 0。"]
    if row.step not in STEPS:
        return [f"{where}的步长应为 0.1、0.5 或 1，现为 {row.step:f}。"]
    try:
        read_bands(row.bands, row.max_score, row.step)
    except Fault as fault:
        return [f"{where}的分档：{fault}"]
    if (Fraction(row.max_score) / Fraction(row.step)).denominator != 1:
        return [f"{where}的满分 {row.max_score:f} 不是步长 {row.step:f} 的整数倍。"]
    return []


def _sum_of_children_faults(rows: Sequence[CriterionRow]) -> list[str]:
    faults = []
    for row in rows:
        children = [child.max_score for child in rows if child.parent == row.code]
        if children and exact_sum(children) != row.max_score:
            faults.append(f"“{row.code} {row.name}”的满分 {row.max_score:f} 应等于下级之和 {exact_sum(children):f}。")
    return faults
