"""Copies of frozen inputs with one thing changed, and what a record says about honours: for “what if”, never official."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from competitions.pure.award_rule import BY_VOTES
from competitions.pure.rule_set import PANEL, PUBLIC_VOTE
from results.pure.record_input import KINDS

Inputs = dict[str, Any]
Honours = frozenset[tuple[str, str, str]]
ADVANCED = "advanced"


def undecided(inputs: Mapping[str, Any]) -> Inputs:
    """The inputs without the committee's decisions about awards, which answer the ties of one record only."""
    return {**inputs, "decisions": [one for one in inputs["decisions"] if one["kind"] not in KINDS]}


def with_rules(inputs: Mapping[str, Any], **changes: Any) -> Inputs:
    """The inputs under other rules; members of the rule set not named stay."""
    return {**inputs, "rule_set": {**inputs["rule_set"], **changes}}


def with_sheets_of(inputs: Mapping[str, Any], kept: set[tuple[str, str]]) -> Inputs:
    """The inputs with the sheets of these (entry, judge) pairs alone."""
    return {**inputs, "sheets": [one for one in inputs["sheets"] if (one["entry"], one["judge"]) in kept]}


def with_panel_method(inputs: Mapping[str, Any], method: str) -> Inputs:
    return with_rules(inputs, panel={**inputs["rule_set"]["panel"], "method": method})


def with_vote_weight(inputs: Mapping[str, Any], weight: Decimal) -> Inputs:
    """The inputs with the public vote at `weight` (0…1) and the panel at the rest."""
    weights = {PANEL: str(1 - weight), PUBLIC_VOTE: str(weight)} if weight else {PANEL: "1"}
    return with_rules(inputs, weights=weights)


def criterion_variants(inputs: Mapping[str, Any], share: Decimal) -> Iterator[tuple[str, Inputs]]:
    """For each criterion name, in every rubric that has it: the inputs with its weight raised and lowered by `share`."""
    names = dict.fromkeys(row["name"] for rows in inputs["rubrics"].values() for row in rows)
    for name in names:
        for word, factor in (("加", 1 + share), ("减", 1 - share)):
            rubrics = {
                code: [_reweighed(row, factor) if row["name"] == name else row for row in rows]
                for code, rows in inputs["rubrics"].items()
            }
            yield f"{name}权重{word} {(share * 100).normalize():f}%", {**inputs, "rubrics": rubrics}


def honours(record: Mapping[str, Any]) -> Honours:
    """(group, award or `advanced`, entry) of all who hold something by points; those tied at an award count with it."""
    rules = {one["code"]: one for one in record["input"]["rule_set"]["awards"]}
    held = {
        (row["group"], row["name"], code)
        for row in record["output"]["awards"]
        if rules[row["award"]]["basis"] != BY_VOTES
        for code in (*row["winners"], *row["tied"])
    }
    if held:
        return frozenset(held)
    groups = record["output"]["advance"].items()
    return frozenset((group, ADVANCED, code) for group, row in groups if row for code in row["advanced"])


def _reweighed(row: Mapping[str, Any], factor: Decimal) -> dict[str, Any]:
    return {**row, "weight": str(Decimal(row["weight"]) * factor)}
