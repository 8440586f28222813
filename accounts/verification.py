"""One truth about confirmed addresses: allauth keeps a row an address, `User.email_verified` says it to the rest of us."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts.models import User


def remember_address(user: User) -> None:
    """Give an account made outside of sign-up (a command, an import) its row, as confirmed as the account says."""
    if user.email and not EmailAddress.objects.filter(user=user, email=user.email).exists():
        is_first = not EmailAddress.objects.filter(user=user, primary=True).exists()
        EmailAddress.objects.create(user=user, email=user.email, verified=user.email_verified, primary=is_first)


def mark_verified(sender: Any, request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """Receives allauth's `email_confirmed`."""
    User.objects.filter(pk=email_address.user_id, email=email_address.email).update(email_verified=True)
