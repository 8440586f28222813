"""Krippendorff's α: agreement where marks are missing (k of n judges an entry)."""

from __future__ import annotations

import numpy as np

from core.fault import Fault
from judging.statistics.table import Floats, Marks, read_table

METRICS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(marks: Marks, metric: str = "interval") -> float:
    """1 is perfect agreement, 0 what chance gives, below 0 worse than chance (Krippendorff 2011).

    `metric`: nominal, ordinal, interval or ratio; marks are interval. Entries with a single mark say nothing and are
    left out. Refuses marks that are all the same, and fewer than two entries with two marks.
    """
    if metric not in METRICS:
        raise Fault("bad_metric", f"差异尺度“{metric}”未知，应为 {'、'.join(METRICS)} 之一。")
    values = read_table(marks).values
    paired = values[(~np.isnan(values)).sum(axis=1) >= 2]
    if len(paired) < 2:
        raise Fault("too_few_marks", "至少需要 2 个项目各有 2 份以上评分，才能衡量一致程度。")
    steps, coincidences = _coincidences(paired)
    frequencies = coincidences.sum(axis=1)
    differences = _differences(steps, frequencies, metric)
    expected = (np.outer(frequencies, frequencies) * differences).sum() / (frequencies.sum() - 1)
    if expected < 1e-12:
        raise Fault("no_variation", "全部评分都相同，无法衡量评委之间的一致程度。")
    return float(1 - (coincidences * differences).sum() / expected)


def _coincidences(rows: Floats) -> tuple[Floats, Floats]:
    """The distinct marks, and how often two of them met at an entry, each entry weighing by its number of marks."""
    steps = np.unique(rows[~np.isnan(rows)])
    table = np.zeros((len(steps), len(steps)))
    for row in rows:
        given = row[~np.isnan(row)]
        counts = np.bincount(np.searchsorted(steps, given), minlength=len(steps)).astype(float)
        table += (np.outer(counts, counts) - np.diag(counts)) / (len(given) - 1)
    return steps, table


def _differences(steps: Floats, frequencies: Floats, metric: str) -> Floats:
    """Squared difference of each pair of marks."""
    if metric == "nominal":
        return 1.0 - np.eye(len(steps))
    if metric == "ordinal":
        middle = np.cumsum(frequencies) - frequencies / 2
        return (middle[:, None] - middle[None, :]) ** 2
    apart = steps[:, None] - steps[None, :]
    if metric == "interval":
        return apart**2
    together = steps[:, None] + steps[None, :]
    return np.divide(apart, together, out=np.zeros_like(apart), where=together != 0) ** 2
