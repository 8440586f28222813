"""The messages of an edition, as its organisers see them: addresses are masked."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet
from django.http import Http404

from accounts.pure.email import mask_email
from accounts.pure.mobile import mask_mobile
from competitions.models import Edition
from core.outbox.models import Message


def messages_of(edition: Edition, state: str = "") -> QuerySet[Message]:
    """Messages of the edition, newest first; only those in `state` when it is one."""
    rows = Message.objects.filter(edition=edition.slug).order_by("-queued_at", "-pk")
    return rows.filter(state=state) if state in Message.State.values else rows


def counts(edition: Edition) -> Counter[str]:
    """How many messages are in each state."""
    rows = Message.objects.filter(edition=edition.slug).order_by().values_list("state").annotate(n=Count("pk"))
    return Counter(dict(rows))


def masked(recipient: str) -> str:
    """An address with its middle hidden."""
    return mask_email(recipient) if "@" in recipient else mask_mobile(recipient)


def get_message_of(edition: Edition, public_id: str) -> Message:
    """A message of the edition; 404 otherwise."""
    found = Message.objects.filter(edition=edition.slug, public_id=public_id).first()
    if found is None:
        raise Http404
    return found
