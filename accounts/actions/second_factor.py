"""Setting up, taking away and resetting a second factor. The factor itself is allauth's."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.errors import NoSecondFactor, OwnSecondFactor
from accounts.models import User
from accounts.reason import read_reason
from core.actor import Actor
from core.audit import journal
from core.outbox.send import queue_message


@transaction.atomic
def note_second_factor(*, user: User, is_on: bool, actor: Actor, at: datetime) -> None:
    """Writes into the journal that `user` has set the second factor up, or turned it off; the latter ends their sessions, which
    were signed in with it."""
    if not is_on:
        user.second_factor_reset_at = at
        user.save(update_fields=["second_factor_reset_at"])
    verb = "accounts.secondfactor.enabled" if is_on else "accounts.secondfactor.disabled"
    journal.record(verb=verb, obj=user, actor=actor, at=at)


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, actor: Actor, at: datetime, edition: str = "") -> User:
    """Takes the second factor away from somebody who has lost it: they sign in without, set up a new one, and are told by mail.

    All their sessions end. Refuses a reason of fewer than ten characters, one's own factor, and a person who has none.
    """
    reason = read_reason(reason)
    if actor.actor_code == user.actor_code:
        raise OwnSecondFactor
    locked = User.objects.select_for_update().get(pk=user.pk)
    taken, _ = Authenticator.objects.filter(user=locked).delete()
    if not taken:
        raise NoSecondFactor(name=locked.actor_label)
    locked.second_factor_reset_at = at
    locked.save(update_fields=["second_factor_reset_at"])
    journal.record(verb="accounts.secondfactor.reset", obj=locked, actor=actor, at=at, edition=edition, after={"reason": reason})
    if locked.email:
        context = {"name": locked.actor_label, "by": actor.actor_label, "reason": reason}
        queue_message(channel="mail", recipient=locked.email, template="second_factor_reset", context=context, at=at, edition=edition)
    return locked
