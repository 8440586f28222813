"""What became different after a result was computed, so that nobody approves or publishes what no longer holds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from competitions.models import Round
from competitions.queries.rule_set import round_rule_set
from core.errors import Reason
from results.models import RoundResult
from results.pure.compare import STATUS_WORDS
from results.queries.inputs import final_votes, sheet_versions
from results.queries.participants import participants
from results.queries.record import record_of

SHOWN = 12


def input_drift(round: Round, result: RoundResult) -> list[str]:
    """A sentence for each input of the result that is different now: withdrawals, sheets, rules, votes; empty when none."""
    frozen = record_of(result)["input"]
    found = [*_statuses(round, frozen), *_sheets(round, frozen)]
    rules = round_rule_set(round)
    if rules.as_dict() != frozen["rule_set"]:
        found.append("计分规则或奖项名额有改动。")
    if frozen["votes"] is not None:
        votes = final_votes(round.edition) or {}
        changed = [code for code, count in frozen["votes"].items() if votes.get(code, 0) != count]
        if changed:
            found.append(f"终计票数有变化：{'、'.join(changed[:SHOWN])} 号。")
    return found


def stale_reasons(result: RoundResult) -> list[Reason]:
    """What is different since `result` was computed, and last the page on which it is computed anew; empty when nothing is."""
    changes = [Reason("input_changed", sentence) for sentence in input_drift(result.round, result)]
    if not changes:
        return []
    page = reverse("results:ranking", args=[result.round.edition.slug, result.round.kind])
    return [*changes, Reason("compute_anew", f"去重新计算{result.round.name}结果", url=f"{page}#cp")]


def _statuses(round: Round, frozen: dict[str, Any]) -> list[str]:
    before = {row["code"]: row["status"] for row in frozen["entries"]}
    now = {one.entry.code: one.status for one in participants(round)}
    return [
        f"{code} 号项目由“{STATUS_WORDS[before.get(code, '')]}”变为“{STATUS_WORDS[now.get(code, '')]}”。"
        for code in sorted(before.keys() | now.keys())
        if before.get(code) != now.get(code)
    ][:SHOWN]


def _sheets(round: Round, frozen: dict[str, Any]) -> list[str]:
    known = frozen["meta"].get("sheet_versions")
    if known is None:
        return []
    before = {(row["entry"], row["judge"]): row["digest"] for row in known}
    now = {(row["entry"], row["judge"]): row["digest"] for row in sheet_versions(round)}
    return [
        f"{judge}给 {entry} 号项目的评分表{'有新的版本' if (entry, judge) in now else '已退回'}。"
        for entry, judge in sorted(before.keys() | now.keys())
        if before.get((entry, judge)) != now.get((entry, judge))
    ][:SHOWN]
