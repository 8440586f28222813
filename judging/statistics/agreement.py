"""How far judges agree when everybody marked everything: Kendall's W and the intraclass correlations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from core.fault import Fault
from judging.statistics.ranks import mean_ranks
from judging.statistics.table import Marks, read_table, require_complete


@dataclass(frozen=True, slots=True)
class KendallW:
    """`value` from 0 (no agreement in the order) to 1 (the same order); `probability` of as much by chance (χ²)."""

    value: float
    chi_squared: float
    probability: float


@dataclass(frozen=True, slots=True)
class Icc:
    """The six coefficients of Shrout & Fleiss 1979. The committee reads `two_k`: the reliability of the panel's mean."""

    one_1: float
    two_1: float
    three_1: float
    one_k: float
    two_k: float
    three_k: float


def kendall_w(marks: Marks, *, corrected: bool = True) -> KendallW:
    """Concordance of the judges' orders of the entries, with correction for ties unless `corrected` is False.

    Refuses gaps, fewer than two entries or judges, and judges none of whom tells any two entries apart.
    """
    table = read_table(marks)
    require_complete(table)
    entries, judges = table.values.shape
    ranks = np.column_stack([mean_ranks(column) for column in table.values.T])
    squares = float(((ranks.sum(axis=1) - judges * (entries + 1) / 2) ** 2).sum())
    ties = sum(_tie_term(column) for column in table.values.T) if corrected else 0.0
    most = judges**2 * (entries**3 - entries) - judges * ties
    if most <= 0:
        raise Fault("no_variation", "每位评委给各项目的分数都相同，无法衡量次序是否一致。")
    value = 12 * squares / most
    chi = judges * (entries - 1) * value
    return KendallW(value, chi, float(gammaincc((entries - 1) / 2, chi / 2)))


def icc(marks: Marks) -> Icc:
    """Intraclass correlations from the two-way analysis of variance. Refuses gaps and marks that are all the same."""
    table = read_table(marks)
    require_complete(table)
    values = table.values
    entries, judges = values.shape
    grand = values.mean()
    between = judges * ((values.mean(axis=1) - grand) ** 2).sum() / (entries - 1)
    of_judges = entries * ((values.mean(axis=0) - grand) ** 2).sum() / (judges - 1)
    total = ((values - grand) ** 2).sum()
    if total < 1e-12:
        raise Fault("no_variation", "全部评分都相同，无法衡量评委之间的一致程度。")
    rest = (total - between * (entries - 1) - of_judges * (judges - 1)) / ((entries - 1) * (judges - 1))
    within = (total - between * (entries - 1)) / (entries * (judges - 1))
    gap = judges * (of_judges - rest) / entries
    return Icc(
        one_1=_ratio(between - within, between + (judges - 1) * within),
        two_1=_ratio(between - rest, between + (judges - 1) * rest + gap),
        three_1=_ratio(between - rest, between + (judges - 1) * rest),
        one_k=_ratio(between - within, between),
        two_k=_ratio(between - rest, between + (of_judges - rest) / entries),
        three_k=_ratio(between - rest, between),
    )


def _tie_term(column: np.ndarray) -> float:
    _, counts = np.unique(column, return_counts=True)
    return float((counts**3 - counts).sum())


def _ratio(above: float, below: float) -> float:
    return float(above / below) if abs(below) > 1e-12 else float("nan")
