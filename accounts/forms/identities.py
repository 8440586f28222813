"""Changing the address or mobile a person is reached by."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms

from accounts.fields import EmailAddressField


class ChangeEmailForm(account_forms.AddEmailForm):
    email = EmailAddressField(label="新邮箱", help_text="会发验证码到新邮箱，验证后生效。")


class ChangeMobileForm(account_forms.ChangePhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["phone"]
        field.label, field.help_text = "新手机号", "会发验证码到新手机号，验证后生效。"
