"""How firm a result is: what would be different with another panel, method or weight. For the committee, never public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competitions.pure.panel_rule import PLAIN, TRIMMED, PanelRule
from competitions.pure.rule_set import PANEL, PUBLIC_VOTE, RuleSet
from core.fault import Fault
from judging.statistics import judge_bootstrap_ranks, leave_one_judge_out
from results.models import RoundResult
from results.pure.record import compute
from results.pure.variants import (
    ADVANCED,
    Honours,
    criterion_variants,
    honours,
    undecided,
    with_panel_method,
    with_sheets_of,
    with_vote_weight,
)
from results.queries.record import record_of

SEED, DRAWS = 2023, 1000
SHARE = Decimal("0.1")
METHOD_WORDS = {PLAIN: "改为全部评分的平均分", TRIMMED: "改为去掉最高、最低分"}


def _nobody() -> None:
    """Whom progress is told where nobody waits."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One “what if”: `lost` and `gained` name who would no longer, or newly, hold something; `fault` why it cannot be."""

    name: str
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    fault: str = ""

    @property
    def is_same(self) -> bool:
        return not (self.lost or self.gained or self.fault)


@dataclass(frozen=True, slots=True)
class Aspect:
    """Variants of one kind, said as “9 种情形中 8 种全部不变”."""

    key: str
    title: str
    variants: tuple[Variant, ...]

    @property
    def same(self) -> int:
        return sum(one.is_same for one in self.variants)

    @property
    def said(self) -> str:
        return f"{len(self.variants)} 种情形中 {self.same} 种全部不变"


@dataclass(frozen=True, slots=True)
class Interval:
    """An entry's place and the places it lay between in 90 % of the draws; `held`: in what per cent it kept its honour."""

    code: str
    place: int
    low: int
    high: int
    held: int | None


@dataclass(frozen=True, slots=True)
class Draws:
    """The bootstrap of one group: its entries by place; `fault` says why there is none."""

    group: str
    intervals: tuple[Interval, ...]
    fault: str = ""


def stability(result: RoundResult, *, tell: Callable[[], None] = _nobody) -> list[Aspect]:
    """Every aspect that applies to the result, each variant computed by the official rules; `tell` is called after each."""
    record = record_of(result)
    inputs = undecided(record["input"])
    base = honours(compute(inputs))
    names = {group["code"]: group["name"] for group in inputs["groups"]}

    def variant(name: str, changed: dict[str, Any]) -> Variant:
        found = _compare(name, base, lambda: honours(compute(changed)), names)
        tell()
        return found

    aspects = [
        Aspect("judges", "缺少任意一位评委", _without_each_judge(record, inputs, base, names, tell)),
        Aspect("method", "换一种评委分算法", tuple(variant(*one) for one in _methods(inputs))),
        Aspect("votes", "改变公众投票占比", tuple(variant(*one) for one in _vote_weights(inputs))),
        Aspect("criteria", "每项评分权重加减 10%", tuple(variant(*one) for one in criterion_variants(inputs, SHARE))),
    ]
    return [one for one in aspects if one.variants]


def variant_count(result: RoundResult) -> int:
    """How many variants `stability` computes."""
    inputs, rows = undecided(record_of(result)["input"]), record_of(result)["steps"]["judge_totals"]
    judges = len({row["judge"] for row in rows})
    return judges + len(_methods(inputs)) + len(_vote_weights(inputs)) + len(list(criterion_variants(inputs, SHARE)))


def holders_of(result: RoundResult) -> list[dict[str, str]]:
    """Who holds what by points: in words and as the entry's code, by group and award."""
    record = record_of(result)
    inputs = undecided(record["input"])
    order = {one["name"]: place for place, one in enumerate(inputs["rule_set"]["awards"])}
    groups = [one["code"] for one in inputs["groups"]]
    names = {one["code"]: one["name"] for one in inputs["groups"]}
    held = sorted(honours(compute(inputs)), key=lambda one: (groups.index(one[0]), order.get(one[1], -1), one[2]))
    return [{"words": _in_words(one, names), "code": one[2]} for one in held]


def bootstrap(result: RoundResult, *, tell: Callable[[], None] = _nobody) -> list[Draws]:
    """1,000 seeded draws of panels for each group: the same result always gives the same intervals."""
    record = record_of(result)
    rules = RuleSet.from_dict(record["input"]["rule_set"])
    found = []
    for group in record["input"]["groups"]:
        found.append(_draws(record, group, rules))
        tell()
    return found


def _without_each_judge(record, inputs, base: Honours, names, tell: Callable[[], None]) -> tuple[Variant, ...]:
    marks: dict[str, dict[str, Any]] = {}
    for row in record["steps"]["judge_totals"]:
        marks.setdefault(row["entry"], {})[row["judge"]] = None if row["total"] is None else Decimal(row["total"])

    def outcome(rest: Any) -> Honours:
        kept = {(entry, judge) for entry, row in rest.items() for judge in row}
        tell()
        return honours(compute(with_sheets_of(inputs, kept)))

    found = leave_one_judge_out(marks, outcome)
    return tuple(_compare(f"没有{judge}", base, lambda got=got: got, names) for judge, got in found.items())


def _methods(inputs: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    now = inputs["rule_set"]["panel"]["method"]
    other = PLAIN if now == TRIMMED else TRIMMED
    return [(METHOD_WORDS[other], with_panel_method(inputs, other))]


def _vote_weights(inputs: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """None, half, one and a half times and twice the weight; nothing where votes do not count."""
    now = Decimal(inputs["rule_set"]["weights"].get(PUBLIC_VOTE, "0"))
    if not now:
        return []
    weights = [now * factor for factor in (Decimal(0), Decimal("0.5"), Decimal("1.5"), Decimal(2))]
    return [(f"占比 {(weight * 100).normalize():f}%", with_vote_weight(inputs, weight)) for weight in weights if weight <= 1]


def _compare(name: str, base: Honours, got: Callable[[], Honours | Fault], names: dict[str, str]) -> Variant:
    try:
        found = got()
    except Fault as fault:
        return Variant(name, fault=fault.message)
    if isinstance(found, Fault):
        return Variant(name, fault=found.message)
    return Variant(name, _words(base - found, names), _words(found - base, names))


def _words(held: Honours | frozenset, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(_in_words(one, names) for one in sorted(held))


def _in_words(one: tuple[str, str, str], names: dict[str, str]) -> str:
    group, what, code = one
    return f"{names[group]} {code} 号{'入围' if what == ADVANCED else what}"


def _draws(record: dict[str, Any], group: dict[str, str], rules: RuleSet) -> Draws:
    rows = [row for row in record["output"]["placings"] if row["group"] == group["code"]]
    codes = {row["entry"] for row in rows}
    marks: dict[str, dict[str, float | None]] = {}
    for row in record["steps"]["judge_totals"]:
        if row["entry"] in codes:
            marks.setdefault(row["entry"], {})[row["judge"]] = None if row["total"] is None else float(row["total"])
    parts = {code: record["steps"]["totals"][code]["parts"] for code in codes}
    others = {code: sum(float(part["product"]) for name, part in row.items() if name != PANEL) for code, row in parts.items()}
    panel: PanelRule = rules.panel
    try:
        drawn = judge_bootstrap_ranks(
            marks, panel, seed=SEED, draws=DRAWS, other_points=others, weight=float(rules.weight(PANEL))
        )
    except Fault as fault:
        return Draws(group["name"], (), fault.message)
    cuts = _cuts(record, group["code"])
    intervals = tuple(
        Interval(
            row["entry"], row["place"], *drawn.interval(row["entry"]),
            round(100 * drawn.share_within(row["entry"], cuts[row["entry"]])) if row["entry"] in cuts else None,
        )
        for row in rows
    )  # fmt: skip
    return Draws(group["name"], intervals)


def _cuts(record: dict[str, Any], group: str) -> dict[str, int]:
    """Entry → the last place of the group that holds what it holds; of several honours the one that reaches least far."""
    places = {row["entry"]: row["place"] for row in record["output"]["placings"] if row["group"] == group}
    held = [(what, code) for where, what, code in honours(record) if where == group and code in places]
    last: dict[str, int] = {}
    for what, code in held:
        last[what] = max(last.get(what, 0), places[code])
    return {code: min(last[what] for what, other in held if other == code) for _, code in held}
