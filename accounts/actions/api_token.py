"""Giving a program access, and taking it away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.errors import TooManyTokens
from accounts.models import ApiToken, User
from core.audit import journal
from core.secret_token import new_token, token_digest

PREFIX = "jgs_"
MOST_TOKENS = 10
LASTS_DAYS = (30, 90, 365)
NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def create_api_token(*, user: User, name: str, scope: str, days: int, actor: User, at: datetime) -> tuple[ApiToken, str]:
    """Makes a token for `user` that lasts `days`; returns the row and the token, which nobody can read again.

    Refuses (TooManyTokens) more than ten that are in force.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if user.api_tokens.filter(revoked_at__isnull=True, expires_at__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    token = PREFIX + new_token()
    row = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        hint=token[:8],
        digest=token_digest(token),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    after = {"name": name, "scope": scope, "expires_at": row.expires_at}
    journal.record(verb="accounts.apitoken.created", obj=row, actor=actor, at=at, after=after)
    return row, token


@transaction.atomic
def revoke_api_token(*, token: ApiToken, actor: User, at: datetime) -> ApiToken:
    """Ends a token at once. Revoking it again changes nothing."""
    locked = ApiToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        journal.record(verb="accounts.apitoken.revoked", obj=locked, actor=actor, at=at)
    return locked


def note_token_use(*, token: ApiToken, at: datetime) -> None:
    """Keeps when a token was last used, to ten minutes: a row is not written at every call."""
    if token.used_at is None or at - token.used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
