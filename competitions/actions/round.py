"""The rules of rounds: what is computed in a scored round, and how the public votes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from competitions.actions.confirmation import confirm_changed
from competitions.errors import RuleInvalid
from competitions.models import Round
from competitions.pure.rule_reader import RuleFault
from competitions.pure.rule_set import RuleSet
from competitions.pure.vote_settings import VoteSettings
from competitions.queries.freeze import require_round_unopened
from competitions.queries.locks import lock_round
from core.audit import journal

SEATS = (
    "judges_per_entry",
    "is_blind",
    "hides_numbers",
    "calibration_count",
    "spread_alarm",
    "distance_alarm",
    "talk_seconds",
    "answer_seconds",
    "warn_seconds",
    "strikes_dropped",
)


@transaction.atomic
def set_round_rules(*, round: Round, rules: Mapping[str, Any], actor: User, at: datetime) -> Round:
    """Replaces the rules of a round: JSON of a `RuleSet`, or of `VoteSettings` for the public vote.

    Refuses rules that cannot be computed, naming every fault, and any change once the round's stage has opened.
    """
    locked = lock_round(round)
    require_round_unopened(locked, what="规则", at=at)
    before = locked.rules
    locked.rules = _checked(locked, rules)
    if locked.rules == before:
        return locked
    locked.save(update_fields=["rules"])
    journal.record(
        verb="competitions.round.ruled", obj=locked, actor=actor, at=at, edition=locked.edition.slug,
        before={"rules": before}, after={"rules": locked.rules},
    )  # fmt: skip
    confirm_changed(edition=locked.edition, keys=_changed_keys(locked, before), actor=actor, at=at)
    return locked


@transaction.atomic
def set_round_seats(*, round: Round, values: Mapping[str, Any], actor: User, at: datetime) -> Round:
    """Judges an entry, blind review, calibration, alarms and the minutes on stage. Refuses once the round's stage has opened."""
    locked = lock_round(round)
    require_round_unopened(locked, what="评委数和时长", at=at)
    changed = {name: values[name] for name in SEATS if name in values and values[name] != getattr(locked, name)}
    if changed:
        before = {name: getattr(locked, name) for name in changed}
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(changed))
        journal.record(
            verb="competitions.round.seated", obj=locked, actor=actor, at=at, edition=locked.edition.slug,
            before=before, after=changed,
        )  # fmt: skip
        confirm_changed(edition=locked.edition, keys=[f"{locked.kind}_panel"], actor=actor, at=at)
    return locked


def _checked(round_: Round, rules: Mapping[str, Any]) -> dict[str, Any]:
    make = VoteSettings if round_.kind == Round.Kind.PUBLIC_VOTE else RuleSet
    try:
        return make.from_dict(dict(rules)).as_dict()
    except RuleFault as fault:
        raise RuleInvalid(faults=str(fault)) from fault


def _changed_keys(round_: Round, before: Mapping[str, Any]) -> list[str]:
    if round_.kind != Round.Kind.PUBLIC_VOTE:
        return [f"{round_.kind}_rules"]
    keys = ["vote_board"] if before.get("board") != round_.rules["board"] else []
    voter = ("vote_rule", "identity", "browsers")
    return keys + (["vote_rule"] if any(before.get(name) != round_.rules.get(name) for name in voter) else [])
