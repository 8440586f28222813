"""Taking messages out of the outbox: each try is claimed first, made outside any transaction, and noted afterwards."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from core import jobs
from core.actor import Actor
from core.audit import journal
from core.errors import TooManyRequests, WrongState
from core.outbox import sms
from core.outbox.kinds import SECRET
from core.outbox.models import Message
from core.retries import Retries
from core.throttle.bucket import take

RETRIES = Retries(lease=timedelta(minutes=5), first_pause=timedelta(minutes=1), most=6, swept=200)
UNREACHED = (ConnectionError, TimeoutError, smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)
QUEUED, FAILED = Message.State.QUEUED, Message.State.FAILED


def deliver_message(*, message_id: int, at: datetime) -> Message:
    """Sends one queued message; a fault is kept and tried again later (1, 2, 4 … minutes), at most six times. Two workers cannot
    send it at once (core.retries)."""
    message = Message.objects.get(pk=message_id)
    if message.state != QUEUED or message.due_at > at or not _has_turn(message, at):
        return message
    if RETRIES.claim(message, at) is None:
        return message
    try:
        _transport(message)
    except Exception as error:  # noqa: BLE001  whatever the line, the provider or the address did, the row tells it
        RETRIES.note_fault(message, _words(error), at, is_hopeless=isinstance(error, sms.Undeliverable))
    else:
        _note_sent(message, at)
    return message


@transaction.atomic
def resend_message(*, message: Message, actor: Actor, at: datetime) -> Message:
    """Queues a message that was given up once more, with all its tries before it.

    Refuses (WrongState) a message that is still waiting or has been sent: nobody gets it twice.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.state != FAILED:
        raise WrongState(state=Message.State(locked.state).label, verb="重新发送")
    before = {"state": locked.state, "attempts": locked.attempts, "last_error": locked.last_error}
    locked.state, locked.attempts, locked.due_at = QUEUED, 0, at
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
    return RETRIES.waiting(Message, at)


def latest_messages(count: int) -> QuerySet[Message]:
    """The last `count` messages, newest first."""
    return Message.objects.order_by("-queued_at", "-pk")[:count]


def _has_turn(message: Message, at: datetime) -> bool:
    """So many a minute and channel; the rest waits for its second, without a try being counted. Codes never wait."""
    rate = settings.OUTBOX_RATES.get(message.channel)
    if rate is None or message.kind in SECRET:
        return True
    try:
        take(key=f"outbox:{message.channel}", capacity=rate, seconds=60, at=at)
    except TooManyRequests as refusal:
        later = at + timedelta(seconds=refusal.params["seconds"])
        Message.objects.filter(pk=message.pk, state=QUEUED).update(due_at=later)
        message.due_at = later
        return False
    return True


def _transport(message: Message) -> None:
    if message.channel == Message.Channel.MAIL:
        EmailMessage(subject=message.subject, body=message.body, to=[message.recipient]).send()
    elif message.channel == Message.Channel.SMS:
        sms.send(message)


def _note_sent(message: Message, at: datetime) -> None:
    if message.kind in SECRET and not settings.OUTBOX_KEEPS_CODES:
        message.body, message.params = "", {}
    RETRIES.note_sent(message, at, also=("body", "params"))


def _words(error: Exception) -> str:
    cause = "连接不上发送服务器" if isinstance(error, UNREACHED) else "发送时出错"
    return str(error) if isinstance(error, sms.Undeliverable | sms.ProviderFault) else f"{cause}（{error}）"
