"""Signing in with a password. Demo accounts, whose passwords are printed, only work while DEBUG is on."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class PasswordBackend(AuthenticationBackend):
    """allauth's backend (e-mail or mobile), closed to demo accounts on a server."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user)) and (settings.DEBUG or not user.is_demo)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Nothing comes from Django's permission tables: its backend would let a system administrator pass."""
        return False

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        return user if user is not None and (settings.DEBUG or not user.is_demo) else None
