"""The messages of an edition, as its organisers see them: addresses are masked."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from competitions.models import Edition
from core.outbox.kinds import SECRET
from core.outbox.models import Broadcast, Message


def counts(edition: Edition) -> Counter[str]:
    """How many messages are in each state."""
    rows = Message.objects.filter(edition=edition.slug).order_by().values_list("state").annotate(n=Count("pk"))
    return Counter(dict(rows))


def kinds_sent(edition: Edition) -> list[str]:
    """Codes of the kinds this edition has sent."""
    return list(Message.objects.filter(edition=edition.slug).exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct())


def get_message_of(edition: Edition, public_id: str) -> Message:
    """A message of the edition; 404 otherwise."""
    found = Message.objects.filter(edition=edition.slug, public_id=public_id).select_related("broadcast").first()
    if found is None:
        raise Http404
    return found


def readable_body(message: Message) -> str:
    """The text; none of a message that carries a code."""
    return "" if message.kind in SECRET else message.body


def broadcasts_of(edition: Edition) -> QuerySet[Broadcast]:
    """What was written to many, newest first, each with how many were `sent` and `failed`."""
    state = Message.State
    return Broadcast.objects.filter(edition=edition.slug).annotate(
        sent=Count("messages", filter=Q(messages__state=state.SENT)),
        failed=Count("messages", filter=Q(messages__state=state.FAILED)),
    )


def get_broadcast_of(edition: Edition, public_id: str) -> Broadcast:
    """A broadcast of the edition; 404 otherwise."""
    found = broadcasts_of(edition).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
