"""A person's messages: whatever went to an address they have confirmed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from core.outbox.inbox import inbox
from core.outbox.models import Message


def messages_for(user: User) -> QuerySet[Message]:
    """Newest first. An address that is not confirmed may be somebody else's and shows nothing."""
    confirmed = ((user.email, user.email_verified), (user.mobile, user.mobile_verified))
    return inbox([address for address, is_theirs in confirmed if address and is_theirs])


def confirmed_mobile(user: User) -> str:
    """Where a short message may go: a number that has not been confirmed may be somebody else's."""
    return (user.mobile or "") if user.mobile_verified else ""


def unread_count(user: User) -> int:
    return messages_for(user).filter(read_at__isnull=True).count()


def get_message_for(user: User, public_id: str) -> Message:
    """One of the person's messages; 404 otherwise."""
    found = messages_for(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
