"""The chief judge's decision that a whole round takes the plain mean (trust.md §1): trimming never differs between entries."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from competitions.models import Round
from core.actor import Actor
from core.audit.journal import record
from judging.actions.guard import require, require_reason

FIELDS = ["plain_mean_reason", "plain_mean_by", "plain_mean_at"]


def take_plain_mean(*, round: Round, reason: str, actor: User, at: datetime) -> Round:
    """Nothing is dropped in the round any more, for the entries scored before too. Inside the transaction of the action
    that closes the marks. Refuses everybody but the chief judge, and a missing reason."""
    require(actor, "judging.chair_panel", round)
    return _put(round, require_reason(reason), actor, at, "judging.round.plain-mean-taken")


def lift_plain_mean(*, round: Round, actor: Actor, at: datetime) -> Round:
    """The marks that were missing may come after all: the round's rule holds again."""
    return _put(round, "", actor, at, "judging.round.plain-mean-lifted")


def _put(round: Round, reason: str, actor: Actor, at: datetime, verb: str) -> Round:
    before = round.plain_mean_reason
    round.plain_mean_reason = reason
    round.plain_mean_by = actor if reason and isinstance(actor, User) else None
    round.plain_mean_at = at if reason else None
    round.save(update_fields=FIELDS)
    record(
        verb=verb, obj=round, actor=actor, at=at, edition=round.edition.slug, before={"reason": before}, after={"reason": reason}
    )
    return round
