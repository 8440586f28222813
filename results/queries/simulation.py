"""Trying rules on sample marks before an edition opens: the same marks under the stored and the tried rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from competitions.models import Round
from competitions.pure.rubric import CriterionRow, leaves, sum_faults
from competitions.pure.rule_reader import RuleFault
from competitions.pure.rule_set import RuleSet
from competitions.queries.rule_set import group_keys, round_rule_set, rubric_for, rubric_rows
from core.fault import Fault
from results.pure.compare import EFFECTS, Change, changes
from results.pure.record import compute
from results.pure.record_input import INPUT_FORMAT
from results.queries.inputs import group_rows

SEED, ENTRIES, JUDGES, MOST_VOTES = 2023, 16, 7, 6000
QUALITY, TASTE = (0.62, 0.94), 0.08


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the tried rules change on the sample: `effects` as Change rows; `warnings` and sentences of the tried rules."""

    entries: int
    judges: int
    effects: tuple[Change, ...]
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    fault: str = ""


def simulate(
    round: Round, tried: dict[str, Any], awards: list[dict[str, Any]] | None = None, weights: Mapping[str, Decimal] | None = None
) -> Simulation:
    """Both computations over the same sample marks; a fault of the tried rules is told and nothing else.

    `tried` is what the rules form would store (`Round.rules`), `awards` the awards of a rule set, `weights` what a point of a
    criterion counts, by code; None: those of the edition.
    """
    stored = round_rule_set(round)
    inputs = sample_inputs(round, stored)
    try:
        kept = stored.as_dict()["awards"] if awards is None else awards
        rules = RuleSet.from_dict({**tried, "round": stored.round, "awards": kept})
        before = compute({**inputs, "rule_set": stored.as_dict(), "votes": inputs["votes"] if stored.needs_votes else None})
        votes = inputs["votes"] if rules.needs_votes else None
        after = compute({**inputs, "rule_set": rules.as_dict(), "rubrics": _weighted(inputs["rubrics"], weights or {}), "votes": votes})
    except RuleFault as fault:
        return Simulation(0, 0, (), (), (), fault="".join(fault.faults))
    except Fault as fault:
        return Simulation(0, 0, (), (), (), fault=fault.message)
    found = tuple(one for one in changes(before, after) if one.topic in EFFECTS)
    odd = sum_faults([replace(row, weight=weights[row.code]) for row in sample_rows(round)]) if weights else []
    return Simulation(len(inputs["entries"]), JUDGES, found, tuple(rules.sentences()), (*rules.warnings(), *odd))


def sample_rows(round: Round) -> list[CriterionRow]:
    """The criteria that are scored, of the first rubric of the round; empty where it has none yet."""
    rubric = next((found for track in round.edition.tracks.all() if (found := rubric_for(round, track.pk))), None)
    return leaves(rubric_rows(rubric)) if rubric else []


def _weighted(rubrics: dict[str, list[dict[str, str]]], weights: Mapping[str, Decimal]) -> dict[str, list[dict[str, str]]]:
    return {
        name: [{**row, "weight": str(weights.get(row["code"], row["weight"]))} for row in rows] for name, rows in rubrics.items()
    }


def sample_inputs(round: Round, rules: RuleSet) -> dict[str, Any]:
    """Invented entries of every group with invented marks and votes, always the same: quality, and each judge's taste."""
    draw = Random(SEED)
    keys = group_keys(round.edition)
    groups = group_rows(round.edition, keys)
    rows = sample_rows(round)
    criteria = [
        {"code": row.code, "name": row.name, "max": str(row.max_score), "step": str(row.step), "weight": str(row.weight)} for row in rows
    ]
    entries, sheets, votes, prior = [], [], {}, {}
    for place, group in enumerate(groups):
        for number in range(1, ENTRIES + 1):
            code = f"{place * 100 + number:03d}"
            quality = draw.uniform(*QUALITY)
            entries.append({"code": code, "group": group["code"], "rubric": "all", "status": "competing"})
            sheets += [_sheet(draw, code, judge, quality, rows) for judge in range(1, JUDGES + 1)]
            votes[code] = int(MOST_VOTES * draw.random() ** 3)
            prior[code] = str(Decimal(int(quality * 10000)) / 100)
    return {
        "format": INPUT_FORMAT, "rule_set": rules.as_dict(), "groups": groups, "rubrics": {"all": criteria}, "entries": entries,
        "sheets": sheets, "votes": votes, "prior_totals": prior, "decisions": [], "meta": {},
    }  # fmt: skip


def _sheet(draw: Random, code: str, judge: int, quality: float, rows: list[Any]) -> dict[str, Any]:
    scores = {}
    for row in rows:
        share = min(max(quality + draw.uniform(-TASTE, TASTE), 0), 1)
        steps = int(share * float(row.max_score / row.step))
        scores[row.code] = str(row.step * steps)
    return {"entry": code, "judge": f"示例评委 {judge:02d}", "scores": scores, "reason": ""}
