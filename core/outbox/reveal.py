"""Looking at a recipient's whole address, which is hidden until somebody needs it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.audit import journal
from core.outbox.models import Message


@transaction.atomic
def reveal_recipient(*, message: Message, actor: Actor, at: datetime) -> Message:
    """The message whose address is going to be shown; that `actor` looked is journaled, the address is not."""
    journal.record(verb="core.message.revealed", obj=message, actor=actor, at=at, edition=message.edition)
    return message
