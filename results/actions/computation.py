"""Computing the result of a round: inputs are frozen, the record is stored, nothing of it ever changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from competitions.models import Group, Round
from competitions.pure.award_rule import BY_CHOICE
from competitions.queries.rule_set import group_keys
from core.actor import Actor
from core.audit import journal
from core.canonical import sha256_hex
from core.errors import Blocked, NotAllowed, Reason
from core.fault import Fault
from core.webhooks.announce import announce
from core.webhooks.events import ROUND_CLOSED
from entries.models import Entry
from results.errors import ComputationRefused, NothingToDecide, ReasonMissing, ResultSuperseded
from results.models import AwardDecision, Placing, RoundResult
from results.pure.awards import COMMITTEE
from results.pure.carried import carried_decisions, dropped_decisions
from results.pure.record import compute, record_bytes
from results.pure.record_input import AWARD_CHOICE, AWARD_TIE, AWARD_VACANT, STRUCK
from results.queries.guard import missing_inputs
from results.queries.inputs import gather_inputs
from results.queries.record import open_decisions, record_of
from results.queries.state import latest_result, previous_round, result_state
from results.states import RESULT

DECIDED_BY = {AWARD_TIE: "并列由评委会决定", AWARD_CHOICE: "评委会评选"}


@transaction.atomic
def compute_round(
    *, round: Round, actor: Actor, at: datetime, reason: str = "", plain_mean_reason: str = ""
) -> RoundResult:
    """Stores a new version of the round's result for the organiser: record, hash, placings and award decisions.

    `reason` is needed when there is a version already, which the new one then corrects. `plain_mean_reason` records the
    chief judge's decision to take the plain mean in the whole round, unless it was taken on stage already. Refuses with all
    reasons at once (Blocked) while an input is missing, and (ComputationRefused) what the rules cannot be applied to.
    Decisions of the committee about awards are taken over from the version before as far as they still apply
    (`carried_decisions`). Source: trust.md §1.
    """
    _require(actor, "results.compute_result", round)
    round = _lock(round)
    before = latest_result(round)
    reasons = computation_reasons(round, reason, at)
    if reasons:
        raise Blocked(reasons)
    decisions = []
    if round.plain_mean_by is not None:
        by = round.plain_mean_by.actor_label
        decisions.append({"kind": "plain_mean", "by": by, "reason": round.plain_mean_reason})
    elif plain_mean_reason.strip():
        decisions.append({"kind": "plain_mean", "by": actor.actor_label, "reason": plain_mean_reason.strip()})
    version = before.version + 1 if before else 1
    inputs = gather_inputs(round, version=version, decisions=decisions, actor=actor, at=at)
    if before is not None:
        inputs["decisions"] = carried_decisions(record_of(before), inputs)
    return _store(round, inputs, before=before, reason=reason.strip(), actor=actor, at=at)


def computation_reasons(round: Round, reason: str, at: datetime) -> list[Reason]:
    """Everything that stands in the way of a computation at `at`: missing inputs, and the reason of a correction."""
    reasons = missing_inputs(round, at)
    before = latest_result(round)
    if before is not None and not reason.strip():
        reasons.append(_needs_reason(before))
    return reasons


@transaction.atomic
def decide_award_tie(
    *, result: RoundResult, group: str, award: str, entries: list[str], reason: str, actor: Actor, at: datetime
) -> RoundResult:
    """Records the committee's choice among entries tied at an award, or for an award it chooses; returns the new version.

    `group` and `award` are codes of the record, `entries` codes of the chosen entries (all tied ones: the award is
    shared). The inputs stay those of `result`. Refuses a decision without a reason, about a version that is not the
    newest, about nothing that is open, and a choice the rules do not allow.
    """
    found = {(row["group"], row["award"]): row for row in open_decisions(result)}.get((group, award))
    if found is None or found["status"] != COMMITTEE:
        raise NothingToDecide(award=award, group=group)
    rules = {one["code"]: one for one in record_of(result)["input"]["rule_set"]["awards"]}
    by_choice = rules[award]["basis"] == BY_CHOICE
    decision = {"kind": AWARD_CHOICE if by_choice else AWARD_TIE, "group": group, "award": award, "entries": sorted(entries)}
    what = f"评委会评选“{found['name']}”" if by_choice else f"评委会决定“{found['name']}”的并列"
    return _decide(result, decision, what, reason, actor, at)


@transaction.atomic
def leave_award_vacant(
    *, result: RoundResult, group: str, award: str, count: int, reason: str, actor: Actor, at: datetime
) -> RoundResult:
    """Records the committee's decision to leave `count` places of an award empty; returns the new version.

    Refuses what the award's rule does not allow, and what `decide_award_tie` refuses.
    """
    decision = {"kind": AWARD_VACANT, "group": group, "award": award, "count": count}
    return _decide(result, decision, "评委会决定奖项空缺", reason, actor, at)


def _decide(
    result: RoundResult, decision: dict[str, Any], what: str, reason: str, actor: Actor, at: datetime
) -> RoundResult:
    _require(actor, "results.compute_result", result)
    if not reason.strip():
        raise ReasonMissing(what="评委会决定")
    round = _lock(result.round)
    _require_newest(round, result)
    frozen = record_of(result)["input"]
    inputs = {
        **frozen,
        "decisions": [*frozen["decisions"], {**decision, "by": actor.actor_label, "reason": reason.strip()}],
        "meta": {**frozen["meta"], "version": result.version + 1},
    }
    return _store(round, inputs, before=result, reason=f"{what}：{reason.strip()}"[:300], actor=actor, at=at)


def _store(
    round: Round, inputs: dict[str, Any], *, before: RoundResult | None, reason: str, actor: Actor, at: datetime
) -> RoundResult:
    try:
        record = compute(inputs)
    except Fault as fault:
        raise ComputationRefused(fault=fault.message) from fault
    data = record_bytes(record)
    if before is not None:
        RESULT.target("supersede", result_state(before))
    result = RoundResult.objects.create(
        round=round,
        version=inputs["meta"]["version"],
        record=data.decode(),
        sha256=sha256_hex(data),
        computed_at=at,
        corrects=before,
        reason=reason,
    )
    placings = _store_placings(result, record)
    _store_awards(result, record, placings, at)
    journal.record(
        verb="results.result.computed",
        obj=result,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        before={"version": before.version, "sha256": before.sha256} if before else {},
        after={
            "round": round.kind,
            "version": result.version,
            "sha256": result.sha256,
            "reason": reason,
            "dropped_decisions": dropped_decisions(record_of(before), record) if before else [],
        },
    )
    if before is None:  # nothing of the figures: they are nobody's business before they are published
        announce(event=ROUND_CLOSED, edition=round.edition.slug, data={"round": round.kind}, at=at)
    return result


def _store_placings(result: RoundResult, record: dict[str, Any]) -> dict[str, Placing]:
    """One row a ranked entry; in later rounds also one, without a place, for who did not come."""
    groups = _groups(result.round)
    members = _members(result.round, record)
    steps, output = record["steps"], record["output"]
    outcomes = _outcomes(record)
    rows = []
    for row in output["placings"]:
        code = row["entry"]
        votes = (steps["votes"] or {"entries": {}})["entries"].get(code, {})
        rows.append(
            Placing(
                result=result,
                entry=members[code],
                group=groups[row["group"]],
                place=row["place"],
                is_tied=row["shown"].endswith("="),
                decided_by=row["decided_by"] or "",
                total=row["total"],
                panel_score=steps["panel"]["entries"][code]["score"],
                vote_points=votes.get("points"),
                votes=votes.get("votes"),
                outcome=outcomes.get(code, _rest(output["advance"][row["group"]])),
            )
        )
    rows += _unranked(result, record, members, groups, outcomes)
    Placing.objects.bulk_create(rows)
    return {row.entry.code: row for row in rows}


def _unranked(result, record, members, groups, outcomes) -> list[Placing]:
    """Finalists who did not come, and entries that go on without being ranked."""
    later = previous_round(result.round) is not None
    found = []
    for row in record["input"]["entries"]:
        gone = row["status"] == "withdrawn" and later
        if gone or row["status"] == "bye":
            outcome = Placing.Outcome.FORFEITED if gone else outcomes[row["code"]]
            entry = members[row["code"]]
            found.append(Placing(result=result, entry=entry, group=groups[row["group"]], outcome=outcome))
    return found


def _outcomes(record: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in record["output"]["advance"].values():
        if row is not None:
            found.update(dict.fromkeys(row["advanced"], Placing.Outcome.ADVANCED))
            found.update(dict.fromkeys(row["byes"], Placing.Outcome.BYE))
            found.update(dict.fromkeys(row["declined"], Placing.Outcome.FORFEITED))
    struck = [row["code"] for row in record["input"]["entries"] if row["status"] == STRUCK]
    return found | dict.fromkeys(struck, Placing.Outcome.STRUCK)


def _rest(advance: dict[str, Any] | None) -> str:
    return Placing.Outcome.NONE if advance is None else Placing.Outcome.ELIMINATED


def _store_awards(result: RoundResult, record: dict[str, Any], placings: dict[str, Placing], at: datetime) -> None:
    types = {one.code: one for one in result.round.edition.award_types.all()}
    notes = {
        (one["group"], one["award"], code): f"{DECIDED_BY[one['kind']]}：{one['reason']}"
        for one in record["input"]["decisions"]
        if one["kind"] in DECIDED_BY
        for code in one["entries"]
    }
    rows = []
    for award in record["output"]["awards"]:
        for code in award["winners"]:
            note = notes.get((award["group"], award["award"], code), "")
            if code in award["shared"]:
                note = note or "并列获奖"
            rows.append(
                AwardDecision(placing=placings[code], award_type=types[award["award"]], at=at, note=note[:300])
            )
    AwardDecision.objects.bulk_create(rows)


def _members(round: Round, record: dict[str, Any]) -> dict[str, Entry]:
    numbers = [int(row["code"]) for row in record["input"]["entries"]]
    return {entry.code: entry for entry in Entry.objects.filter(edition=round.edition_id, number__in=numbers)}


def _groups(round: Round) -> dict[str, Group]:
    keys = group_keys(round.edition)
    return {keys[group.pk]: group for group in Group.objects.filter(pk__in=keys)}


def _lock(round: Round) -> Round:
    """The round, its row locked: versions of one round are numbered one after another."""
    Round.objects.select_for_update().get(pk=round.pk)
    return Round.objects.select_related("edition", "stage").get(pk=round.pk)


def _require_newest(round: Round, result: RoundResult) -> None:
    newest = latest_result(round)
    if newest is None or newest.pk != result.pk:
        raise ResultSuperseded(version=result.version)


def _needs_reason(before: RoundResult) -> Reason:
    state = RESULT.labels[result_state(before)]
    return Reason(
        "reason_missing",
        f"已有第 {before.version} 版结果（{state}）。重新计算会产生更正版，请写明更正原因。",
        field="reason",
    )


def _require(actor: Actor, permission: str, obj: Any) -> None:
    if isinstance(actor, User) and not actor.has_perm(permission, obj):
        raise NotAllowed
