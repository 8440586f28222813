"""The messages of an edition as a list that can be narrowed: for the organisers' page and its file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from core.outbox.models import Message


def messages_of(edition: str, state: str = "", **wanted: Any) -> QuerySet[Message]:
    """Messages of the edition (its slug), newest first; only those in `state`, of a `kind`, by a `channel`, or with `q` in the
    subject or as their whole address. What is empty does not narrow."""
    rows = Message.objects.filter(edition=edition).order_by("-queued_at", "-pk")
    if state in Message.State.values:
        rows = rows.filter(state=state)
    rows = rows.filter(**{name: wanted[name] for name in ("kind", "channel") if wanted.get(name)})
    words = wanted.get("q") or ""
    return rows.filter(Q(subject__icontains=words) | Q(recipient__iexact=words)) if words else rows
