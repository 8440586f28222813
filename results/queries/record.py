"""The stored record of computation, read back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from results.models import RoundResult


def record_of(result: RoundResult) -> dict[str, Any]:
    """The record of a result as JSON values, to be read only: it is kept in memory under its hash."""
    return _record(result.sha256, result.pk)


@lru_cache(maxsize=8)
def _record(sha256: str, pk: int) -> dict[str, Any]:
    return json.loads(RoundResult.objects.only("record").get(pk=pk).record)


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
