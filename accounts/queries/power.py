"""Open sessions of system administrators."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import PowerSession, User


def open_power(user: User, public_id: str, at: datetime) -> PowerSession | None:
    """The session of `user` with this id, while it is open."""
    return _open(at).filter(user=user, public_id=public_id).first()


def expired_power(at: datetime) -> QuerySet[PowerSession]:
    """Sessions nobody ended that are over."""
    return PowerSession.objects.filter(ended_at__isnull=True, expires_at__lte=at)


def power_sessions(user: User) -> QuerySet[PowerSession]:
    """The sessions `user` has opened, the newest first."""
    return PowerSession.objects.filter(user=user)


def _open(at: datetime) -> QuerySet[PowerSession]:
    return PowerSession.objects.filter(ended_at__isnull=True, expires_at__gt=at)
