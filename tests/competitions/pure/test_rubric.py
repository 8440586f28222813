"""What makes a scoring table usable, and that the presets are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from competitions.pure.preset_rubrics import FINAL_RUBRIC, PRELIMINARY_RUBRIC
from competitions.pure.rubric import CriterionRow, full_mark, leaves, rubric_faults, sum_faults

A = CriterionRow("A", "专利", Decimal(60))
B = CriterionRow("B", "市场", Decimal(40))


@pytest.mark.parametrize(("rubric", "scored"), [(PRELIMINARY_RUBRIC, 12), (FINAL_RUBRIC, 10)])
def test_presets_sum_to_a_hundred(rubric: tuple, scored: int) -> None:
    assert (rubric_faults(rubric), sum_faults(rubric)) == ([], [])
    assert len(leaves(rubric)) == scored
    assert all(row.guidance for row in leaves(rubric))


def test_first_level_marks_follow_domain_3_2() -> None:
    def first(rubric: tuple) -> list[int]:
        return [int(row.max_score) for row in rubric if not row.parent]

    assert first(PRELIMINARY_RUBRIC) == [40, 20, 25, 10, 5]
    assert first(FINAL_RUBRIC) == [30, 20, 25, 10, 5, 10]


def test_only_leaves_count_and_weights_multiply() -> None:
    child = CriterionRow("A1", "质量", Decimal(60), parent="A", weight=Decimal("0.5"))
    assert full_mark([A, child, B]) == Decimal(70)
    assert sum_faults([A, child, B]) == ["各项满分 × 权重之和应为 100，现为 70。"]
    assert sum_faults([]) == ["各项满分 × 权重之和应为 100，现为 0。"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "评分标准至少要有一项指标。"),
        ([A, replace(B, code="A")], "编号“A”用了不止一次。"),
        ([A, replace(B, name="")], "每项指标都要有编号和名称。"),
        ([A, replace(B, parent="Z")], "“B”的上级“Z”不是一级指标。"),
        ([A, replace(B, max_score=Decimal(0))], "“B 市场”的满分和权重须大于 0。"),
        ([A, replace(B, weight=Decimal(-1))], "“B 市场”的满分和权重须大于 0。"),
        ([A, replace(B, step=Decimal("0.3"))], "“B 市场”的步长应为 0.1、0.5 或 1，现为 0.3。"),
        ([A, replace(B, max_score=Decimal("40.2"))], "“B 市场”的满分 40.2 不是步长 0.5 的整数倍。"),
        ([A, replace(B, parent="A")], "“A 专利”的满分 60 应等于下级之和 40。"),
    ],
)
def test_faults_of_shape(rows: list, fault: str) -> None:
    assert rubric_faults(rows) == [fault]
