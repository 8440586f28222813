"""Which decisions of the committee a new computation may take over from the version before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.fault import Fault
from results.pure.awards import COMMITTEE
from results.pure.record import compute
from results.pure.record_input import AWARD_CHOICE, AWARD_VACANT, KINDS

PLAIN_MEAN = "plain_mean"
Decision = Mapping[str, Any]


def carried_decisions(before: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The decisions of `inputs`, and behind them those of the record `before` that still answer the same question.

    A tie that was decided: the same entries are tied at the same award. A special award: whoever was chosen may still be,
    and nobody is a candidate the committee did not know. A vacancy: the award may stay as empty. The plain mean: the round
    cannot be computed without it. Nothing is taken over where the new inputs cannot be computed at all.
    """
    kept = [dict(one) for one in inputs["decisions"]]
    earlier = [one for one in before["input"]["decisions"] if one["kind"] in (*KINDS, PLAIN_MEAN)]
    for position, decision in enumerate(earlier):
        given = {**inputs, "decisions": kept}
        asked = {**before["input"], "decisions": earlier[:position]}
        if _applies(decision, asked, given):
            kept.append(dict(decision))
    return kept


def dropped_decisions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Decisions of the record `before` that the record `after` did not take over."""
    kept = [_identity(one) for one in after["input"]["decisions"]]
    return [dict(one) for one in before["input"]["decisions"] if _identity(one) not in kept]


def _applies(decision: Decision, asked: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    kind = decision["kind"]
    if kind == PLAIN_MEAN:
        is_taken = any(one["kind"] == PLAIN_MEAN for one in given["decisions"])
        return not is_taken and not _computes(given) and _computes(_with(given, decision))
    if kind != AWARD_VACANT:
        before, now = _tied(asked, decision), _tied(given, decision)
        chosen = set(decision["entries"])
        same = chosen <= now <= before if kind == AWARD_CHOICE else bool(now) and now == before
        if not same:
            return False
    return _computes(_with(given, decision))


def _with(given: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    return {**given, "decisions": [*given["decisions"], decision]}


def _computes(given: Mapping[str, Any]) -> bool:
    try:
        compute(given)
    except Fault:
        return False
    return True


def _tied(given: Mapping[str, Any], decision: Decision) -> set[str]:
    """Entries the committee has to choose among at the decision's award; none where nothing is open there."""
    try:
        rows = compute(given)["output"]["open"]
    except Fault:
        return set()
    where = (decision["group"], decision["award"], COMMITTEE)
    return {code for row in rows if (row["group"], row["award"], row["status"]) == where for code in row["tied"]}


def _identity(decision: Decision) -> tuple[Any, ...]:
    return tuple(sorted((key, str(value)) for key, value in decision.items()))
