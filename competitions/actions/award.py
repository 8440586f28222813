"""Awards and their quotas: the rows results read (see `competitions.queries.rule_set`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.actions.confirmation import confirm_changed
from competitions.actions.round import set_round_rules
from competitions.errors import CodeTaken, NoAwardRound
from competitions.models import AwardQuota, AwardType, Edition, Group
from competitions.queries.freeze import require_round_unopened
from competitions.queries.locks import lock_edition
from competitions.queries.rule_set import award_round
from core.audit import journal

FIELDS = ("name", "amount", "is_stackable", "may_stay_vacant", "position")


@transaction.atomic
def set_award_quota(*, award_type: AwardType, group: Group, quota: int, actor: User, at: datetime) -> AwardQuota:
    """How many of an award a group may have. Refuses once the stage of the final round has opened."""
    edition = lock_edition(award_type.edition)
    _require_open_books(edition, at)
    row = AwardQuota.objects.filter(award_type=award_type, group=group).first()
    before = row.quota if row else None
    if row is None:
        row = AwardQuota(award_type=award_type, group=group)
    if before != quota:
        row.quota = quota
        row.save()
        journal.record(
            verb="competitions.quota.set", obj=award_type, actor=actor, at=at, edition=edition.slug,
            before={"quota": before}, after={"award": award_type.code, "group": group.code, "quota": quota},
        )  # fmt: skip
        confirm_changed(edition=edition, keys=[f"award_{award_type.code}"], actor=actor, at=at)
    return row


@transaction.atomic
def save_award_type(
    *, edition: Edition, code: str, values: Mapping[str, Any], award_type: AwardType | None = None, actor: User, at: datetime
) -> AwardType:
    """Adds an award (`award_type` None) or changes one; a code never changes. Refuses a code in use."""
    locked = lock_edition(edition)
    _require_open_books(locked, at)
    award = award_type or AwardType(edition=locked, code=code, position=locked.award_types.count() + 1)
    for name in FIELDS:
        if name in values:
            setattr(award, name, values[name])
    try:
        with transaction.atomic():
            award.save()
    except IntegrityError as error:
        raise CodeTaken(value=code) from error
    journal.record(
        verb="competitions.award.saved", obj=award, actor=actor, at=at, edition=locked.slug,
        after={"code": award.code, "name": award.name, "amount": award.amount},
    )  # fmt: skip
    return award


@transaction.atomic
def set_award_decision(
    *, award_type: AwardType, basis: str, tie: str, backfill: bool = False, actor: User, at: datetime
) -> AwardType:
    """By what an award is decided (`total`, `votes`, `choice`), what happens at a tie (`committee`, `share`), and whether
    the next in line gets it when its holder gives up.

    Kept in the rules of the last scored round; refuses what its rule set refuses.
    """
    final = award_round(award_type.edition)
    if final is None:
        raise NoAwardRound
    awards = {award.get("code"): award for award in final.rules.get("awards", [])}
    blank = {"code": award_type.code, "quotas": {"*": 0}}  # places come from the rows; see queries/rule_set.py
    kept = awards.get(award_type.code, blank)
    awards[award_type.code] = {**kept, "name": award_type.name, "basis": basis, "tie": tie, "backfill": backfill}
    set_round_rules(round=final, rules={**final.rules, "awards": list(awards.values())}, actor=actor, at=at)
    return award_type


@transaction.atomic
def remove_award_type(*, award_type: AwardType, actor: User, at: datetime) -> AwardType:
    """Takes an award with its quotas out of the edition. Refuses once the stage of the final round has opened."""
    edition = lock_edition(award_type.edition)
    _require_open_books(edition, at)
    journal.record(
        verb="competitions.award.removed", obj=award_type, actor=actor, at=at, edition=edition.slug,
        before={"code": award_type.code, "name": award_type.name},
    )  # fmt: skip
    AwardType.objects.filter(pk=award_type.pk).delete()
    return award_type


def _require_open_books(edition: Edition, at: datetime) -> None:
    final = award_round(edition)
    if final is not None:
        require_round_unopened(final, what="奖项和名额", at=at)
