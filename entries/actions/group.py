"""The organiser's decision on the group of an entry, above the rule of revenue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Group
from core.audit import journal
from core.errors import NotAllowed, WrongState
from entries import states
from entries.actions.transition import lock_entry
from entries.errors import GroupElsewhere, ReasonNeeded, StepForbidden
from entries.models import Entry
from entries.queries.guards import forbidding

REGROUPED_STATES = (states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED, states.ACCEPTED)


@transaction.atomic
def override_group(*, entry: Entry, group: Group, reason: str, actor: User, at: datetime) -> Entry:
    """Puts the entry into `group` of its track for a `reason` and keeps who decided so; its number stays.

    Later submissions and the acceptance leave the decision as it is. Refuses without a reason, a group of another
    track, the group the entry is in already, an entry that is not in the race, and any change once a result of the edition
    has been published (StepForbidden). Source: domain
    rules §0.2.
    """
    locked = lock_entry(entry)
    if not actor.has_perm("entries.manage_entry", locked):
        raise NotAllowed
    if locked.state not in REGROUPED_STATES:
        raise WrongState(state=states.LABELS[locked.state], verb="调整组别")
    forbidden = forbidding("regroup", locked)
    if forbidden:
        raise StepForbidden(reason=forbidden)
    _refuse_group(locked, group)
    why = reason.strip()
    if not why:
        raise ReasonNeeded(what="调整组别的理由")
    before = {"group": locked.group and locked.group.code, "reason": locked.group_reason}
    locked.group, locked.group_reason, locked.group_overridden_by = group, why, actor
    locked.save(update_fields=["group", "group_reason", "group_overridden_by"])
    journal.record(
        verb="entries.entry.regrouped",
        obj=locked,
        actor=actor,
        at=at,
        edition=locked.edition.slug,
        before=before,
        after={"group": group.code, "reason": why},
    )
    return locked


def _refuse_group(entry: Entry, group: Group) -> None:
    if group.track_id != entry.track_id:
        raise GroupElsewhere(group=group, fault="它不属于这个项目的赛道。")
    if entry.group_id == group.pk:
        raise GroupElsewhere(group=group, fault="项目已经在这个组别。")
