"""Marks as a table of numbers: a row an entry, a column a judge, a gap where there is no mark."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.fault import Fault
from judging.pure.assignment import components

Marks = Mapping[Any, Mapping[Any, Decimal | float | None]]
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """`values[i, j]` is the mark of `entries[i]` by `judges[j]`, NaN where there is none."""

    entries: tuple[Any, ...]
    judges: tuple[Any, ...]
    values: Floats

    @property
    def is_complete(self) -> bool:
        return not bool(np.isnan(self.values).any())


def read_table(marks: Marks) -> Table:
    """The table of `marks`; entries and judges without any mark are left out. Refuses fewer than two of either."""
    given = {
        entry: {judge: float(mark) for judge, mark in row.items() if mark is not None} for entry, row in marks.items()
    }
    entries = tuple(entry for entry, row in given.items() if row)
    judges: tuple[Hashable, ...] = tuple(dict.fromkeys(judge for row in given.values() for judge in row))
    if len(entries) < 2 or len(judges) < 2:
        raise Fault(
            "too_few_marks",
            f"至少需要 2 个项目和 2 位评委的评分才能统计，现有 {len(entries)} 个项目、{len(judges)} 位评委。",
        )
    ordered = tuple(sorted(judges, key=str))
    values = np.array([[given[entry].get(judge, np.nan) for judge in ordered] for entry in entries], dtype=float)
    return Table(entries, ordered, values)


def require_complete(table: Table) -> None:
    """Refuses gaps: some figures are defined only where everybody marked everything."""
    gaps = int(np.isnan(table.values).sum())
    if gaps:
        raise Fault("marks_incomplete", f"有 {gaps} 份评分缺失，这项指标只适用于全体评委评全部项目的轮次。", gaps=gaps)


def require_connected(table: Table) -> None:
    """Refuses marks that fall apart: judges without a common entry, even through others, cannot be compared."""
    parts = components(
        {
            entry: [judge for judge, mark in zip(table.judges, row, strict=True) if not np.isnan(mark)]
            for entry, row in zip(table.entries, table.values, strict=True)
        }
    )
    if len(parts) > 1:
        sizes = "、".join(str(len(part)) for part in sorted(parts, key=len, reverse=True))
        raise Fault(
            "not_connected",
            f"项目按共同评委分成互不相干的 {len(parts)} 块（各 {sizes} 个项目），块与块之间没有共同评委，"
            "无法区分评委宽严与项目高低，因此不作校正。",
            parts=len(parts),
        )
