"""Putting a message into the outbox and taking it out again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from core import jobs
from core.actor import Actor
from core.audit import journal
from core.errors import WrongState
from core.outbox.models import Message

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 6


def queue_message(
    *, channel: str, recipient: str, template: str, context: dict[str, Any], at: datetime, edition: str = ""
) -> Message:
    """Writes a message from `templates/messages/<template>.txt` (first line: subject) and queues its delivery.

    The text is plain; templates of mails end with `.txt`, where Django's escaping would show as entities, so it is off
    and nothing of it is ever used as markup.
    """
    text = render_to_string(f"messages/{template}.txt", {**context, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    message = Message.objects.create(
        channel=channel,
        recipient=recipient,
        subject=" ".join(subject.split())[:200],
        body=body.strip() + "\n",
        edition=edition,
        queued_at=at,
        due_at=at,
    )
    jobs.enqueue("core.deliver_message", message_id=message.pk)
    return message


def deliver_message(*, message_id: int, at: datetime) -> Message:
    """Sends one queued message; a fault is kept and tried again later (1, 2, 4 … minutes), at most six times."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state != Message.State.QUEUED or message.due_at > at:
            return message
        message.attempts += 1
        try:
            _transport(message)
        except OSError as error:
            message.last_error = str(error)[:300]
            message.due_at = at + timedelta(minutes=2 ** (message.attempts - 1))
            if message.attempts >= MAX_ATTEMPTS:
                message.state = Message.State.FAILED
        else:
            message.state, message.sent_at, message.last_error = Message.State.SENT, at, ""
        message.save(update_fields=["attempts", "last_error", "due_at", "state", "sent_at"])
    return message


@transaction.atomic
def resend_message(*, message: Message, actor: Actor, at: datetime) -> Message:
    """Queues a message that was given up once more, with all its tries before it.

    Refuses (WrongState) a message that is still waiting or has been sent: nobody gets it twice.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.state != Message.State.FAILED:
        raise WrongState(state=Message.State(locked.state).label, verb="重新发送")
    before = {"state": locked.state, "attempts": locked.attempts, "last_error": locked.last_error}
    locked.state, locked.attempts, locked.due_at = Message.State.QUEUED, 0, at
    locked.save(update_fields=["state", "attempts", "due_at"])
    journal.record(
        verb="core.message.resent",
        obj=locked,
        actor=actor,
        at=at,
        edition=locked.edition,
        before=before,
        after={"state": locked.state},
    )
    jobs.enqueue("core.deliver_message", message_id=locked.pk)
    return locked


def waiting_messages(at: datetime) -> list[int]:
    """Primary keys of messages that should be out by `at`; the sweep sends what a lost job left behind."""
    due = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=at)
    return list(due.order_by("due_at").values_list("pk", flat=True)[:200])


def latest_messages(count: int) -> QuerySet[Message]:
    """The last `count` messages, newest first."""
    return Message.objects.order_by("-queued_at", "-pk")[:count]


def _transport(message: Message) -> None:
    if message.channel == Message.Channel.MAIL:
        EmailMessage(subject=message.subject, body=message.body, to=[message.recipient]).send()
    else:
        log.info("sms", to=message.recipient, text=message.body)
