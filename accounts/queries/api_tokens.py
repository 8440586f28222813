"""Tokens of programs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import ApiToken, User


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's tokens, the newest first; those that ended too."""
    return ApiToken.objects.filter(user=user)


def get_token_of(user: User, public_id: str) -> ApiToken:
    """A person's own token; 404 otherwise."""
    found = tokens_of(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def find_token(digest: str, at: datetime) -> ApiToken | None:
    """The token in force that has this digest, of a person whose account is open."""
    rows = ApiToken.objects.filter(digest=digest, revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)
    return rows.select_related("user").first()
