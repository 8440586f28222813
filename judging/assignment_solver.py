"""The search for an assignment of judges: an integer programme for SciPy's HiGHS. See `judging/pure/assignment.py`.

Hard rules: so many judges an entry, conflicts, cap, sheets begun, one connected graph. Wishes, the heavier first: even
loads, what is held already, a judge of the field and one of each kind for every entry, then the closest fields; equals are
chosen by `seed`. The same demand gives the same answer, whatever the order of its lists.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from core.fault import Fault
from judging.pure.assignment import Demand, components, match_points, refuse_impossible

UNEVEN, KEEP, NO_EXPERT, NO_KIND, NOISE = 200.0, 20.0, 6.0, 3.0, 0.9
CLOSE, ROUGH = 0.001, 1.0  # how near to the best an answer must come, as a share of its cost; hard rules always hold
OPTIONS = {"threads": 1, "random_seed": 0, "node_limit": 20000}
LIMIT_REACHED = 1
MOST_CUTS = 5
# SciPy warns of options it hands to HiGHS unread: one thread and a fixed seed make the search repeatable.
warnings.filterwarnings("ignore", message="Unrecognized options detected", category=RuntimeWarning)


def assign_judges(demand: Demand) -> dict[str, tuple[str, ...]]:
    """entry code → judge labels, sorted. Refuses what cannot be, naming the rule that cannot hold and why."""
    if not demand.entries or not demand.judges:
        return {}
    refuse_impossible(demand)
    ordered = replace(
        demand,
        judges=tuple(sorted(demand.judges, key=lambda one: one.label)),
        entries=tuple(sorted(demand.entries, key=lambda one: one.code)),
    )
    programme = _Programme(ordered)
    found = programme.solve()
    if found is None:
        raise _why_capped(ordered)
    for _ in range(MOST_CUTS):
        parts = components(found)
        if len(parts) == 1:
            return found
        programme.join(parts, found)
        found = programme.solve()
        if found is None:
            break
    if found is not None:
        programme.connect()
        found = programme.solve(ROUGH)
    if found is None:
        raise Fault(
            "not_connected",
            "每个项目的评委数、回避和上限都能满足，但项目必定按评委分成互不相干的几块，评分无法相互比较。"
            "请增加评委、提高每人上限或复核回避关系。",
        )
    return found


def smallest_cap(demand: Demand) -> int | None:
    """The least "most entries a judge" under which everybody gets their judges; None when none would do."""
    programme = _Programme(replace(demand, cap=None))
    programme.limit_largest()
    found = programme.solve()
    return max((sum(judge.label in given for given in found.values()) for judge in demand.judges), default=0) if found else None


def _why_capped(demand: Demand) -> Fault:
    least = smallest_cap(demand)
    return Fault(
        "cap_too_low",
        f"受回避关系限制，每位评委至多 {demand.cap} 个项目时凑不齐每个项目 {demand.per_entry} 位评委；"
        f"上限至少要 {least} 个。请提高上限、增加评委或复核回避关系。",
        least=least,
    )


class _Programme:
    """Variables: a switch for each pair that may be, then slacks for the wishes. Rows are added as lists of terms."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.pairs = [
            (judge, entry) for entry in demand.entries for judge in demand.judges if demand.may(judge.label, entry.code)
        ]
        self.index = {(judge.label, entry.code): place for place, (judge, entry) in enumerate(self.pairs)}
        self.costs: list[float] = [self._cost(judge, entry) for judge, entry in self.pairs]
        self.lowest: list[float] = [float((judge.label, entry.code) in demand.fixed) for judge, entry in self.pairs]
        self.highest: list[float] = [1.0] * len(self.pairs)
        self.rows: list[tuple[Mapping[int, float], float, float]] = []
        self._enough_judges()
        self._even_loads()
        self._wishes()

    def solve(self, gap: float = CLOSE) -> dict[str, tuple[str, ...]] | None:
        """The best assignment by the rows so far; None when there is none."""
        matrix = csr_array(
            (
                [value for terms, _, _ in self.rows for value in terms.values()],
                (
                    [number for number, (terms, _, _) in enumerate(self.rows) for _ in terms],
                    [column for terms, _, _ in self.rows for column in terms],
                ),
            ),
            shape=(len(self.rows), len(self.costs)),
        )
        limits = LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])
        whole = np.zeros(len(self.costs))
        whole[: len(self.pairs)] = 1
        found: Any = milp(
            self.costs,
            constraints=limits,
            bounds=Bounds(self.lowest, self.highest),
            integrality=whole,
            options={**OPTIONS, "mip_rel_gap": gap},
        )
        if found.x is None and found.status == LIMIT_REACHED:
            raise Fault("too_hard", "规则过紧，在限定的步数内没有找到分配。请增加评委、提高每人上限或减少每个项目的评委数。")
        if found.x is None:
            return None
        chosen: dict[str, list[str]] = {entry.code: [] for entry in self.demand.entries}
        for (judge, entry), value in zip(self.pairs, found.x, strict=False):
            if value > 0.5:
                chosen[entry.code].append(judge.label)
        return {code: tuple(sorted(judges)) for code, judges in chosen.items()}

    def join(self, parts: list[set[str]], found: Mapping[str, tuple[str, ...]]) -> None:
        """Each part must share a judge with the rest: an entry of it a judge from outside, or the other way round."""
        for part in parts:
            inside = {judge for code in part for judge in found[code]}
            crossing = [place for (judge, code), place in self.index.items() if (judge in inside) != (code in part)]
            self._row(dict.fromkeys(crossing, 1.0), 1, np.inf)

    def connect(self) -> None:
        """Whatever cuts would take: a unit must flow from the first entry to every other, along chosen pairs alone.

        Exact, and slower than `join`: it is asked for only when few judges have more than one entry.
        """
        most = len(self.demand.entries) - 1
        to_judge = {place: self._slack(0.0) for place in self.index.values()}
        to_entry = {place: self._slack(0.0) for place in self.index.values()}
        for place in self.index.values():
            self._row({to_judge[place]: 1.0, to_entry[place]: 1.0, place: -float(most)}, -np.inf, 0)
        for judge in self.demand.judges:
            through = self._of_judge(judge.label)
            self._row({**{to_judge[one]: 1.0 for one in through}, **{to_entry[one]: -1.0 for one in through}}, 0, 0)
        for entry in self.demand.entries[1:]:
            around = [place for (_, code), place in self.index.items() if code == entry.code]
            self._row({**{to_entry[one]: 1.0 for one in around}, **{to_judge[one]: -1.0 for one in around}}, 1, 1)

    def limit_largest(self) -> None:
        """Instead of all wishes: the largest load as small as can be."""
        self.costs = [0.0] * len(self.costs)
        largest = self._slack(1.0)
        for judge in self.demand.judges:
            self._row({**self._of_judge(judge.label), largest: -1.0}, -np.inf, 0)

    def _cost(self, judge: Any, entry: Any) -> float:
        text = f"{self.demand.seed}/{judge.label}/{entry.code}".encode()
        noise = int.from_bytes(hashlib.sha256(text).digest()[:4], "big") / 2**32
        keep = KEEP if (judge.label, entry.code) in self.demand.held else 0.0
        return -match_points(judge, entry) - NOISE * noise - keep

    def _row(self, terms: Mapping[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def _slack(self, cost: float, most: float = np.inf) -> int:
        self.costs.append(cost)
        self.lowest.append(0.0)
        self.highest.append(most)
        return len(self.costs) - 1

    def _of_judge(self, label: str) -> dict[int, float]:
        return {place: 1.0 for (judge, _), place in self.index.items() if judge == label}

    def _enough_judges(self) -> None:
        for entry in self.demand.entries:
            terms = {place: 1.0 for (_, code), place in self.index.items() if code == entry.code}
            self._row(terms, self.demand.wanted(entry.code), self.demand.wanted(entry.code))

    def _even_loads(self) -> None:
        """Between the floor and the ceiling of the mean; above or below costs, above the cap is impossible."""
        total = sum(self.demand.wanted(entry.code) for entry in self.demand.entries)
        floor, more = divmod(total, len(self.demand.judges))
        for judge in self.demand.judges:
            terms = self._of_judge(judge.label)
            if self.demand.cap is not None:
                self._row(terms, 0, self.demand.cap)
            self._row({**terms, self._slack(UNEVEN): -1.0}, -np.inf, floor + bool(more))
            self._row({**terms, self._slack(UNEVEN): 1.0}, floor, np.inf)

    def _wishes(self) -> None:
        """For every entry at least one judge of its field, and one of each kind the panel has."""
        kinds = sorted({judge.kind for judge in self.demand.judges if judge.kind})
        for entry in self.demand.entries:
            near = [(judge, self.index[judge.label, entry.code]) for judge, one in self.pairs if one.code == entry.code]
            self._wish([place for judge, place in near if match_points(judge, entry)], NO_EXPERT)
            for kind in kinds if len(kinds) > 1 else []:
                self._wish([place for judge, place in near if judge.kind == kind], NO_KIND)

    def _wish(self, places: list[int], cost: float) -> None:
        if places:
            self._row({**dict.fromkeys(places, 1.0), self._slack(cost, 1.0): 1.0}, 1, np.inf)
