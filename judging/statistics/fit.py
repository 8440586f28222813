"""How strict each judge is, and what the marks would be without it: mark = entry + judge + chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from core.fault import Fault
from judging.statistics.table import Floats, Marks, Table, read_table, require_connected

OUTLYING = 2.5  # standard deviations of the residuals


@dataclass(frozen=True, slots=True)
class Sheet:
    """One mark beside what the model expects; `distance` is residual ÷ standard deviation of the residuals."""

    entry: Any
    judge: Any
    mark: float
    expected: float
    distance: float


@dataclass(frozen=True, slots=True)
class Fit:
    """`raw`, `adjusted`: entry → mean of its marks as given, and freed from the judges' effects. `judge_effects`: judge →
    points above (lenient) or below (strict) the panel. `judge_deviation`, `residual_deviation`: standard deviations."""

    raw: Mapping[Any, float]
    adjusted: Mapping[Any, float]
    judge_effects: Mapping[Any, float]
    judge_deviation: float
    residual_deviation: float
    sheets: tuple[Sheet, ...]


def additive_fit(marks: Marks) -> Fit:
    """Least squares with an effect for every judge, the effects adding up to nothing.

    Takes judges' differences at face value, so that with few marks it exaggerates them; the committee sees `mixed_fit`.
    Refuses fewer than two entries or judges, and a judge–entry graph that falls apart, with the reason.
    """
    table = read_table(marks)
    require_connected(table)
    rows, columns, given = _listed(table)
    judges = len(table.judges)
    design = np.zeros((len(given) + 1, len(table.entries) + judges))
    design[np.arange(len(given)), rows] = 1
    design[np.arange(len(given)), len(table.entries) + columns] = 1
    design[-1, len(table.entries) :] = 1  # the effects add up to nothing
    solution = np.linalg.lstsq(design, np.append(given, 0.0), rcond=None)[0]
    entries, effects = solution[: len(table.entries)], solution[len(table.entries) :]
    freedom = len(given) - len(table.entries) - judges + 1
    return _fit(table, entries, effects, freedom, float(np.std(effects, ddof=1)))


def mixed_fit(marks: Marks) -> Fit:
    """The same with judges as random effects (entries fixed; variances by restricted maximum likelihood).

    A judge with few marks, or judges who hardly differ, are drawn towards nothing, so that chance is not taken for
    severity. In a complete panel the adjusted marks are the raw means. Refuses what `additive_fit` refuses.
    """
    table = read_table(marks)
    require_connected(table)
    rows, columns, given = _listed(table)
    if len(given) <= len(table.entries):
        raise Fault("too_few_marks", "每个项目只有一份评分，无法区分评委宽严与项目高低。")
    found = minimize_scalar(
        lambda exponent: _likelihood(np.exp(exponent), rows, columns, given, table), bounds=(-12.0, 8.0), method="bounded"
    )
    ratio = float(np.exp(found.x))
    entries, effects, variance = _solve(ratio, rows, columns, given, table)
    freedom = len(given) - len(table.entries)
    return _fit(table, entries, effects, freedom, float(np.sqrt(ratio * variance)), float(np.sqrt(variance)))


def outlying_sheets(fit: Fit, distance: float = OUTLYING) -> list[Sheet]:
    """Marks farther than `distance` standard deviations from what the model expects, the farthest first."""
    found = [sheet for sheet in fit.sheets if abs(sheet.distance) > distance]
    return sorted(found, key=lambda sheet: (-abs(sheet.distance), str(sheet.entry), str(sheet.judge)))


def _listed(table: Table) -> tuple[Any, Any, Floats]:
    rows, columns = np.nonzero(~np.isnan(table.values))
    return rows, columns, table.values[rows, columns]


def _covariance(ratio: float, columns: Any) -> Floats:
    """Of the marks, in units of the residual variance: marks of one judge share `ratio`."""
    return np.eye(len(columns)) + ratio * (columns[:, None] == columns[None, :])


def _normal(ratio: float, rows: Any, columns: Any, given: Floats, table: Table) -> tuple[Floats, Floats, Floats, Floats]:
    inverse = np.linalg.inv(_covariance(ratio, columns))
    design = np.zeros((len(given), len(table.entries)))
    design[np.arange(len(given)), rows] = 1
    weighted = design.T @ inverse
    information = weighted @ design
    return inverse, design, information, np.linalg.solve(information, weighted @ given)


def _likelihood(ratio: float, rows: Any, columns: Any, given: Floats, table: Table) -> float:
    """−2 × the restricted log likelihood, profiled over the residual variance, up to a constant."""
    inverse, design, information, entries = _normal(ratio, rows, columns, given, table)
    rest = given - design @ entries
    freedom = len(given) - len(table.entries)
    squares = max(float(rest @ inverse @ rest), 1e-12)
    marks_per_judge = np.bincount(columns, minlength=len(table.judges))
    spread = float(np.log1p(ratio * marks_per_judge).sum())
    return freedom * np.log(squares / freedom) + spread + float(np.linalg.slogdet(information)[1])


def _solve(ratio: float, rows: Any, columns: Any, given: Floats, table: Table) -> tuple[Floats, Floats, float]:
    inverse, design, _, entries = _normal(ratio, rows, columns, given, table)
    rest = given - design @ entries
    weighted = inverse @ rest
    effects = ratio * np.bincount(columns, weights=weighted, minlength=len(table.judges))
    return entries, effects, float(rest @ weighted) / (len(given) - len(table.entries))


def _fit(
    table: Table, entries: Floats, effects: Floats, freedom: int, between: float, within: float | None = None
) -> Fit:
    expected = entries[:, None] + effects[None, :]
    residuals = table.values - expected
    if within is None:
        within = float(np.sqrt(np.nansum(residuals**2) / freedom)) if freedom > 0 else 0.0
    sheets = [
        Sheet(table.entries[row], table.judges[column], float(table.values[row, column]), float(expected[row, column]),
              float(residuals[row, column] / within) if within > 1e-9 else 0.0)
        for row, column in zip(*np.nonzero(~np.isnan(table.values)), strict=True)
    ]
    return Fit(
        raw=dict(zip(table.entries, np.nanmean(table.values, axis=1).tolist(), strict=True)),
        adjusted=dict(zip(table.entries, entries.tolist(), strict=True)),
        judge_effects=dict(zip(table.judges, effects.tolist(), strict=True)),
        judge_deviation=between,
        residual_deviation=within,
        sheets=tuple(sheets),
    )
