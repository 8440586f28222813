"""The stored record of computation, read back."""

from __future__ import annotations

import json
from typing import Any

from core.memory import Memory
from results.models import RoundResult
from results.pure.carried import PLAIN_MEAN, dropped_decisions
from results.pure.record_input import AWARD_VACANT

_memory = Memory(size=8)


def record_of(result: RoundResult) -> dict[str, Any]:
    """The record of a result as JSON values, to be read only: it is kept in memory under its hash."""
    return _memory.recall(result.sha256, lambda: json.loads(RoundResult.objects.only("record").get(pk=result.pk).record))


def check_code(result: RoundResult) -> str:
    """The first 16 hexadecimal digits of the record's SHA-256 in groups of four, for people to compare."""
    return " ".join(result.sha256[start : start + 4] for start in range(0, 16, 4))


def open_decisions(result: RoundResult) -> list[dict[str, Any]]:
    """Awards the committee has still to decide: rows of the record's `open` with the award's name and group."""
    record = record_of(result)
    names = {(row["group"], row["award"]): row["name"] for row in record["output"]["awards"]}
    groups = group_names(result)
    return [
        {**row, "name": names[row["group"], row["award"]], "group_name": groups[row["group"]]}
        for row in record["output"]["open"]
    ]


def group_names(result: RoundResult) -> dict[str, str]:
    """Group code in the record → its name."""
    return {group["code"]: group["name"] for group in record_of(result)["input"]["groups"]}


def dropped_sentences(result: RoundResult) -> list[str]:
    """What the committee had decided in the version before and this one could not take over, a sentence each."""
    if result.corrects is None:
        return []
    before, groups = record_of(result.corrects), group_names(result.corrects)
    names = {one["code"]: one["name"] for one in before["input"]["rule_set"]["awards"]}
    return [_sentence(one, groups, names) for one in dropped_decisions(before, record_of(result))]


def _sentence(decision: dict[str, Any], groups: dict[str, str], names: dict[str, str]) -> str:
    reason = f"（{decision['reason']}）"
    if decision["kind"] == PLAIN_MEAN:
        return f"整轮取平均分{reason}"
    where = f"{groups[decision['group']]}“{names[decision['award']]}”"
    if decision["kind"] == AWARD_VACANT:
        return f"{where}空缺 {decision['count']} 个{reason}"
    return f"{where}给 {'、'.join(decision['entries'])} 号{reason}"
