"""The same messages as their reader finds them on the site: whatever went to an address that is proved to be theirs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from core.outbox.kinds import BROADCAST_SMS, SECRET
from core.outbox.models import Message


def inbox(addresses: list[str]) -> QuerySet[Message]:
    """Messages to any of `addresses`, newest first; never one that carries a code, nor the short message that only says an
    organiser has written."""
    hidden = {*SECRET, BROADCAST_SMS.code}
    return Message.objects.filter(recipient__in=addresses).exclude(kind__in=hidden).order_by("-queued_at", "-pk")


def mark_read(*, messages: QuerySet[Message], at: datetime) -> int:
    """Notes that the reader has opened them; how many were new. Reading is nobody's act of office: no journal line."""
    return messages.filter(read_at__isnull=True).update(read_at=at)
