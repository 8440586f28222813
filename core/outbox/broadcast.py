"""An organiser writes to many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from core import jobs
from core.actor import Actor
from core.audit import journal
from core.errors import Refusal
from core.outbox import sms
from core.outbox.audiences import Audience, Recipient
from core.outbox.kinds import BROADCAST, BROADCAST_SMS
from core.outbox.models import Broadcast, Message
from core.outbox.reach import Reach, reach
from core.outbox.send import render_message
from core.outbox.wording import fill, placeholders_in
from core.throttle.bucket import take

PLACEHOLDERS = ("收件人", "大赛名称")
SMS_WORDS = 35  # what a provider's template takes as one value


class NobodyThere(Refusal):
    code = "broadcast_nobody"
    message = "“{audience}”里现在没有收得到的人，没有发出。"


class AudienceChanged(Refusal):
    """Between the preview and the sending somebody came or went."""

    code = "broadcast_changed"
    message = "预览后收件人有变化，现为 {now} 人。没有发出，请重新预览。"


class NoShortMessages(Refusal):
    code = "broadcast_sms"
    status = 422
    message = "不能发短信：{why}"


class UnknownPlaceholder(Refusal):
    code = "broadcast_placeholder"
    status = 422
    message = "没有名为“{name}”的占位符，可以用：{known}。"


@dataclass(frozen=True, slots=True)
class Letter:
    """What an organiser writes to `audience`, and by which ways besides the site."""

    audience: Audience
    subject: str
    body: str
    by_mail: bool = True
    by_sms: bool = False


def send_broadcast(*, edition: Any, key: str, letter: Letter, expected: str, actor: Actor, at: datetime) -> Broadcast:
    """Queues the letter for everybody in its audience, each address once a way, and keeps what was written.

    `key` is the id the preview gave: sending the same preview twice gives the same broadcast. `expected` are the figures
    the organiser saw (`Reach.figures`). Refuses an audience that has changed since, an empty one, unknown placeholders,
    and short messages where no provider or no approved template is set.
    """
    done = Broadcast.objects.filter(public_id=key, edition=edition.slug).first()
    if done is not None:
        return done
    refuse_placeholders(letter.subject, letter.body)
    why = sms.why_not(BROADCAST_SMS.code) if letter.by_sms else ""
    if why:
        raise NoShortMessages(why=why)
    found = reach(letter.audience, edition, by_mail=letter.by_mail, by_sms=letter.by_sms)
    if not found.people:
        raise NobodyThere(audience=letter.audience.name)
    if found.figures != expected:
        raise AudienceChanged(now=len(found.people))
    take(key=f"broadcast:{edition.slug}", capacity=20, seconds=3600, at=at)
    try:
        with transaction.atomic():
            return _send(edition, key, letter, found, actor, at)
    except IntegrityError:
        return Broadcast.objects.get(public_id=key, edition=edition.slug)


def preview(edition: Any, subject: str, body: str, recipient: Recipient) -> tuple[str, str]:
    """Subject and whole text as `recipient` will get them."""
    values = {"收件人": recipient.name, "大赛名称": edition.name}
    context = {"edition": edition, "body": fill(body, values)}
    return " ".join(fill(subject, values).split())[:200], render_to_string("messages/broadcast.txt", context).strip() + "\n"


def refuse_placeholders(*texts: str) -> None:
    unknown = sorted({name for text in texts for name in placeholders_in(text)} - set(PLACEHOLDERS))
    if unknown:
        raise UnknownPlaceholder(name=unknown[0], known="、".join(f"{{{name}}}" for name in PLACEHOLDERS))


def _send(edition: Any, key: str, letter: Letter, found: Reach, actor: Actor, at: datetime) -> Broadcast:
    broadcast = Broadcast.objects.create(
        public_id=key,
        edition=edition.slug,
        audience=letter.audience.code,
        audience_words=letter.audience.name,
        subject=letter.subject,
        body=letter.body,
        by_mail=letter.by_mail,
        by_sms=letter.by_sms,
        count=len(found.people),
        sent_at=at,
        sent_by=actor.actor_label[:60],
    )
    rows = [_row(broadcast, edition, way, address, one, at) for (way, address), one in found.posts.items()]
    Message.objects.bulk_create(rows, batch_size=200)
    journal.record(
        verb="core.broadcast.sent",
        obj=broadcast,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={
            "audience": letter.audience.code,
            "count": len(found.people),
            "subject": letter.subject,
            "mails": found.count(Message.Channel.MAIL),
            "texts": found.count(Message.Channel.SMS),
        },
    )
    jobs.enqueue("core.deliver_waiting_messages")
    return broadcast


def _row(broadcast: Broadcast, edition: Any, way: str, address: str, one: Recipient, at: datetime) -> Message:
    """A message on the site is where it belongs as soon as it is a row; the others wait for their turn."""
    row = Message(channel=way, recipient=address, edition=edition.slug, broadcast=broadcast, queued_at=at, due_at=at)
    row.subject, row.body = preview(edition, broadcast.subject, broadcast.body, one)
    row.kind = BROADCAST.code
    if way == Message.Channel.SMS:
        context = {"edition": edition, "subject": row.subject[:SMS_WORDS]}
        row.kind, row.params = BROADCAST_SMS.code, {"edition": edition.short_name, "subject": context["subject"]}
        _, row.body = render_message(BROADCAST_SMS.code, context)
    if way == Message.Channel.SITE:
        row.state, row.sent_at = Message.State.SENT, at
    return row
