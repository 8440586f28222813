"""The marks of every judge, chosen so that the trimmed mean and the ties decide; and a sheet that adds up to a mark."""

from __future__ import annotations

from decimal import Decimal

from competitions.pure.preset_rubrics import FINAL_RUBRIC, PRELIMINARY_RUBRIC
from competitions.pure.rubric import CriterionRow

# Preliminary: what a judge gives an entry, whoever the judge is.
PRELIMINARY = {1: "82", 2: "80", 3: "84", 4: "78", 5: "83", 6: "81"}
# Final: five judges by seat. In both groups the plain mean would put others on top than the trimmed one.
FINAL = {
    1: ("90", "88", "86", "92", "70"),
    2: ("87", "87", "88", "86", "90"),
    3: ("85", "86", "85", "84", "99"),
    4: ("80", "82", "81", "95", "96"),
    5: ("85", "86", "85.5", "84", "85"),
    6: ("84.5", "85.5", "85", "86", "85"),
}


def preliminary_sheet(number: int) -> dict[str, Decimal]:
    return _sheet(PRELIMINARY_RUBRIC, Decimal(PRELIMINARY[number]))


def final_sheet(number: int, seat: int) -> dict[str, Decimal]:
    return _sheet(FINAL_RUBRIC, Decimal(FINAL[number][seat - 1]))


def _sheet(rubric: tuple[CriterionRow, ...], total: Decimal) -> dict[str, Decimal]:
    """Marks that add up to `total`: full ones, less up to half of each criterion in turn until enough is taken off."""
    parents = {row.parent for row in rubric}
    off = Decimal(100) - total
    marks = {}
    for row in rubric:
        if row.code not in parents:
            less = min(off, (row.max_score / 2).to_integral_value())
            marks[row.code] = row.max_score - less
            off -= less
    assert sum(marks.values()) == total
    return marks
