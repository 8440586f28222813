"""How one entry came to its total: each judge's mark, what was dropped, the blend, and the step that ranked it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competitions.pure.rule_set import TIE_STEPS
from results.models import Placing
from results.queries.record import record_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A judge's total for the entry, exact; None with the reason when there is none. `dropped`: 最高, 最低 or empty."""

    judge: str
    total: Decimal | None
    dropped: str
    reason: str


@dataclass(frozen=True, slots=True)
class Key:
    """One step of the tie chain: its name, the entry's value, and whether this step set it apart."""

    name: str
    value: Decimal | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`trimmed`: whether highest and lowest were dropped; `votes`: votes, most votes of the group, points (or None)."""

    marks: list[Mark]
    trimmed: bool
    panel_score: Decimal
    votes: dict[str, Any] | None
    keys: list[Key]


def breakdown_of(placing: Placing) -> Breakdown:
    """The steps of the record that concern a ranked entry."""
    record, code = record_of(placing.result), placing.entry.code
    steps = record["steps"]
    panel = steps["panel"]["entries"][code]
    rows = [row for row in steps["judge_totals"] if row["entry"] == code]
    reasons = {row["judge"]: row["reason"] for row in record["input"]["sheets"] if row["entry"] == code}
    return Breakdown(
        marks=[_mark(row, panel, reasons) for row in rows],
        trimmed=steps["panel"]["method"] == "trimmed",
        panel_score=Decimal(panel["score"]),
        votes=_votes(steps["votes"], code, record),
        keys=_keys(steps["ranking"], code),
    )


def _mark(row: dict[str, Any], panel: dict[str, Any], reasons: dict[str, str]) -> Mark:
    judge = row["judge"]
    dropped = "最高" if judge in panel["dropped_high"] else "最低" if judge in panel["dropped_low"] else ""
    return Mark(judge, None if row["total"] is None else Decimal(row["total"]), dropped, reasons.get(judge, ""))


def _votes(votes: dict[str, Any] | None, code: str, record: dict[str, Any]) -> dict[str, Any] | None:
    if votes is None:
        return None
    group = next(row["group"] for row in record["input"]["entries"] if row["code"] == code)
    points = votes["entries"][code]["points"]
    return {
        "votes": votes["entries"][code]["votes"],
        "most": votes["groups"][group]["most"],
        "points": None if points is None else Decimal(points),
    }


def _keys(ranking: dict[str, list[dict[str, Any]]], code: str) -> list[Key]:
    row = next(row for rows in ranking.values() for row in rows if row["entry"] == code)
    return [
        Key(TIE_STEPS[step], None if value is None else Decimal(value), step == row["decided_by"])
        for step, value in sorted(row["keys"].items(), key=lambda item: list(TIE_STEPS).index(item[0]))
    ]
