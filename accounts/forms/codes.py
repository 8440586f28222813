"""Entering a code that was sent or that an authenticator app shows."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms


class CodeField(forms.CharField):
    """Digits, typed or filled in by the phone."""

    def __init__(self, label: str = "验证码") -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        super().__init__(
            label=label,
            max_length=20,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": f"{label}还没有填写，请填写收到的数字。"},
        )


class LoginCodeForm(account_forms.ConfirmLoginCodeForm):
    code = CodeField()


class EmailCodeForm(account_forms.ConfirmEmailVerificationCodeForm):
    code = CodeField()


class PasswordResetCodeForm(account_forms.ConfirmPasswordResetCodeForm):
    code = CodeField()


class MobileCodeForm(account_forms.VerifyPhoneForm):
    code = CodeField()


class TwoStepForm(mfa_forms.AuthenticateForm):
    code = CodeField("动态码或备用码")


class TwoStepAgainForm(mfa_forms.ReauthenticateForm):
    code = CodeField("动态码或备用码")


class ActivateTwoStepForm(totp_forms.ActivateTOTPForm):
    code = CodeField("动态码")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("autofocus")  # the QR code above comes first
