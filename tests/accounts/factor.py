"""A person's second factor in tests."""

from __future__ import annotations

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def set_up(user: User) -> list[str]:
    """An authenticator with SECRET; the recovery codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def code(secret: str = SECRET) -> str:
    """What the authenticator shows now, as if nobody had used it yet."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, user: User, factor: str = "") -> str:
    """Signs in the real way, with a second factor if one is asked for; where that leads."""
    answer = client.post("/accounts/login/?by=password", {"login": user.email, "password": PASSWORD})
    return client.post(answer.url, {"code": factor}).url if factor else answer.url
