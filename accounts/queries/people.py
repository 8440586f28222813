"""Finding people by what they sign in with."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from accounts.models import User


def user_with(identity: str) -> User | None:
    """The account with this canonical address or mobile, confirmed or not."""
    return User.objects.filter(Q(email=identity) | Q(mobile=identity)).first()


def verified_user_with(identity: str) -> User | None:
    """The active account whose confirmed address or mobile (canonical) this is."""
    confirmed = Q(email=identity, email_verified=True) | Q(mobile=identity, mobile_verified=True)
    return User.objects.filter(confirmed, is_active=True).first()


def unfinished(user: User) -> bool:
    """Whether the registration was never finished: no address confirmed, never signed in, nobody's staff."""
    confirmed = user.email_verified or user.mobile_verified
    confirmed = confirmed or EmailAddress.objects.filter(user=user, verified=True).exists()
    return not confirmed and user.last_login is None and not user.is_staff and not user.memberships.exists()


def demo_users() -> QuerySet[User]:
    """Active demo accounts with the organisations they act for."""
    return User.objects.filter(is_demo=True, is_active=True).prefetch_related("organisations").order_by("pk")
