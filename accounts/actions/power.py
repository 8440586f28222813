"""Opening and ending the session in which a system administrator has power over everything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.errors import PowerOver
from accounts.models import PowerSession, User
from accounts.queries.power import expired_power
from accounts.reason import read_reason
from core.actor import SYSTEM, Actor
from core.audit import journal
from core.outbox.send import queue_message


@transaction.atomic
def open_power_session(*, reason: str, tell: Iterable[User], actor: User, at: datetime) -> PowerSession:
    """Opens a session of POWER_MINUTES for `actor`, a system administrator, and mails its reason to the people in `tell`.

    Refuses a reason of fewer than ten characters. Whether the second factor was given is the form's business.
    """
    reason = read_reason(reason)
    until = at + timedelta(minutes=settings.POWER_MINUTES)
    power = PowerSession.objects.create(user=actor, reason=reason, opened_at=at, expires_at=until)
    journal.record(
        verb="accounts.power.opened", obj=power, actor=actor, at=at, after={"reason": reason, "expires_at": until.isoformat()}
    )
    context = {"name": actor.actor_label, "reason": reason, "opened_at": at, "expires_at": until}
    for person in tell:
        if person.email:
            queue_message(channel="mail", recipient=person.email, template="power_opened", context=context, at=at)
    return power


@transaction.atomic
def end_power_session(*, power: PowerSession, actor: Actor, at: datetime) -> PowerSession:
    """Ends the session now. Refuses one that is over."""
    locked = PowerSession.objects.select_for_update().get(pk=power.pk)
    if locked.ended_at is not None:
        raise PowerOver
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    lasted = int((at - locked.opened_at).total_seconds() // 60)
    journal.record(verb="accounts.power.ended", obj=locked, actor=actor, at=at, after={"minutes": lasted})
    return locked


def end_expired_power(*, at: datetime) -> int:
    """Writes the end of sessions whose time is over; they had no power any more. How many there were."""
    over = list(expired_power(at))
    for power in over:
        end_power_session(power=power, actor=SYSTEM, at=at)
    return len(over)
