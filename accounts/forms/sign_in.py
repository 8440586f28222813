"""Signing in: one field for address or mobile, then a code, or a password for whoever has set one."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms

from accounts.fields import IdentityField
from accounts.forms.passwords import Bare


class LoginForm(account_forms.LoginForm):
    """Without a password allauth sends a code and goes on to its page; `?by=password` asks for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = IdentityField()
        if self.request is not None and self.request.GET.get("by") == "password":
            self.fields["password"] = Bare("密码")

    def _setup_password_field(self) -> None:
        """The parent takes the fields of sign-up for those of sign-in."""
        del self.fields["password"]
