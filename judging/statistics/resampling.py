"""How much the order of the entries hangs on who happened to judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from competitions.pure.panel_rule import TRIMMED, PanelRule
from core.fault import Fault
from judging.statistics.ranks import places_of
from judging.statistics.table import Floats, Marks, read_table

Outcome = TypeVar("Outcome")
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class BootstrapRanks:
    """`places[d][i]`: the place of `entries[i]` in draw `d` (1 is best, equal scores share the better place)."""

    entries: tuple[Any, ...]
    places: np.ndarray

    def interval(self, entry: Any, share: float = 0.9) -> tuple[int, int]:
        """The places between which the entry lay in `share` of the draws: best and worst."""
        column = self.places[:, self.entries.index(entry)]
        tail = (1 - share) / 2
        low, high = np.quantile(column, [tail, 1 - tail], method="closest_observation")
        return int(low), int(high)

    def share_within(self, entry: Any, place: int) -> float:
        """In how much of the draws (0 to 1) the entry was at this place or a better one."""
        return float((self.places[:, self.entries.index(entry)] <= place).mean())


def leave_one_judge_out(marks: Marks, outcome: Callable[[Marks], Outcome]) -> dict[Any, Outcome | Fault]:
    """judge → what `outcome` gives from the marks without theirs, for every judge who gave a mark.

    `outcome` is the official computation (marks → places, awards …) or any other; where it refuses, because too few
    marks are left, the refusal stands in place of the outcome.
    """
    judges = sorted({judge for row in marks.values() for judge, mark in row.items() if mark is not None}, key=str)
    found: dict[Any, Outcome | Fault] = {}
    for judge in judges:
        rest = {entry: {one: mark for one, mark in row.items() if one != judge} for entry, row in marks.items()}
        try:
            found[judge] = outcome(rest)
        except Fault as fault:
            found[judge] = fault
    return found


def judge_bootstrap_ranks(
    marks: Marks,
    rule: PanelRule,
    *,
    seed: int,
    draws: int = DRAWS,
    other_points: Mapping[Any, Any] | None = None,
    weight: float = 1.0,
) -> BootstrapRanks:
    """Places of the entries in `draws` panels drawn with replacement from the judges; the same seed, the same draws.

    In a complete panel the judges are drawn, all entries being marked by the same ones; with gaps, each entry's own
    marks are drawn. Panel scores follow `rule` (trimmed when every entry has enough marks) but are not rounded. The
    total is `weight` × panel score + `other_points[entry]` (points of other parts, already weighted). Call it once a
    group where places are given by group. Refuses entries without marks and fewer than two entries or judges.
    """
    unmarked = [entry for entry, row in marks.items() if all(mark is None for mark in row.values())]
    if unmarked:
        raise Fault("no_marks", f"有 {len(unmarked)} 个项目没有任何有效评分，不能比较名次。")
    table = read_table(marks)
    source = np.random.default_rng(seed)
    least = int((~np.isnan(table.values)).sum(axis=1).min())
    trim = (rule.drop_high, rule.drop_low) if rule.method == TRIMMED and least >= rule.min_marks else (0, 0)
    if table.is_complete:
        chosen = source.integers(0, len(table.judges), size=(draws, len(table.judges)))
        scores = _means(np.sort(table.values[:, chosen].transpose(1, 0, 2), axis=2), *trim)
    else:
        scores = np.column_stack([_drawn(row[~np.isnan(row)], draws, trim, source) for row in table.values])
    more = np.array([float((other_points or {}).get(entry) or 0) for entry in table.entries])
    return BootstrapRanks(table.entries, places_of(weight * scores + more[None, :]))


def _drawn(given: Floats, draws: int, trim: tuple[int, int], source: np.random.Generator) -> Floats:
    return _means(np.sort(given[source.integers(0, len(given), size=(draws, len(given)))], axis=1), *trim)


def _means(ordered: Floats, high: int, low: int) -> Floats:
    """The means along the last axis, which is in ascending order, without the ends that are trimmed."""
    means: Floats = ordered[..., low : ordered.shape[-1] - high].mean(axis=-1)
    return means
