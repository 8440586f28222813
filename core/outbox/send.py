"""Putting a message into the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from core import jobs
from core.outbox.kinds import kind_of
from core.outbox.models import Message, MessageSetting
from core.outbox.own_wording import wording_of, written

PARAM_LENGTH = 64


def queue_message(
    *, channel: str, recipient: str, template: str, context: dict[str, Any], at: datetime, edition: str = ""
) -> Message | None:
    """Writes a message of the kind `template` and queues its delivery. Its words are the edition's own, else those of
    `templates/messages/fields/<kind>.txt` (core/outbox/own_wording.py) or of `templates/messages/<kind>.txt`.

    The text is plain, so Django's escaping is off and nothing of it is ever used as markup. `None` when the edition has
    switched this optional kind off.
    """
    kind = kind_of(template)
    own = MessageSetting.objects.filter(edition=edition, kind=template).first() if edition else None
    if own is not None and own.is_off and kind.is_optional:
        return None
    note = own.note if own is not None and kind.has_note else ""
    subject, body = render_message(template, {**context, "note": note}, own)
    message = Message.objects.create(
        kind=template,
        channel=channel,
        recipient=recipient,
        subject=subject,
        body=body,
        params=_params(context) if channel == Message.Channel.SMS else {},
        edition=edition,
        queued_at=at,
        due_at=at,
    )
    jobs.enqueue("core.deliver_message", message_id=message.pk)
    return message


def render_message(template: str, context: dict[str, Any], own: MessageSetting | None = None) -> tuple[str, str]:
    """Subject (one line) and body, with `note`, the organiser's paragraph, at the end."""
    wording = wording_of(template)
    if wording is not None:
        subject, body = written(wording, own.subject if own else "", own.body if own else "", context)
        return subject, _with_note(body, context)
    plain = get_template(f"messages/{template}.txt").template  # type: ignore[attr-defined]
    text = plain.render(Context({**context, "site_url": settings.SITE_URL}, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:200], _with_note(body, context)


def _with_note(body: str, context: dict[str, Any]) -> str:
    note = str(context.get("note") or "").strip()
    return f"{body.strip()}\n\n组委会补充说明：{note}\n" if note else body.strip() + "\n"


def _params(context: dict[str, Any]) -> dict[str, str]:
    """What a provider's template may be filled with: short plain values only."""
    return {name: str(value)[:PARAM_LENGTH] for name, value in context.items() if isinstance(value, str | int)}
