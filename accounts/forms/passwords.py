"""Passwords: setting, changing, resetting, and asking again before something important."""

from __future__ import annotations

from allauth.account import forms as account_forms
from allauth.account.fields import PasswordField, SetPasswordField
from django import forms

from accounts.fields import EmailAddressField

HINT = "至少 10 位，不能只有数字，也不要用常见的密码。"


class Bare(PasswordField):
    """A password field whose label is the label, not the placeholder."""

    def __init__(self, label: str, autocomplete: str = "current-password") -> None:
        super().__init__(label=label, autocomplete=autocomplete, error_messages={"required": f"请填写{label}。"})
        self.widget.attrs.pop("placeholder", None)


class Fresh(SetPasswordField):
    """A new password, checked against the rules."""

    def __init__(self, label: str = "新密码") -> None:
        super().__init__(label=label, help_text=HINT, error_messages={"required": f"请填写{label}。"})
        self.widget.attrs.pop("placeholder", None)


class RepeatMixin(forms.Form):
    """The second entry must be the same."""

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if "password2" in self.errors and data.get("password1"):
            self.errors["password2"] = self.error_class(["两次输入的密码不一样，请重新输入。"])
        return data


class SetPasswordForm(RepeatMixin, account_forms.SetPasswordForm):
    password1 = Fresh("密码")
    password2 = Bare("再输入一次", "new-password")


class ChangePasswordForm(RepeatMixin, account_forms.ChangePasswordForm):
    oldpassword = Bare("当前密码")
    password1 = Fresh()
    password2 = Bare("再输入一次", "new-password")


class NewPasswordForm(RepeatMixin, account_forms.ResetPasswordKeyForm):
    password1 = Fresh()
    password2 = Bare("再输入一次", "new-password")


class ResetPasswordForm(account_forms.ResetPasswordForm):
    email = EmailAddressField()


class ReauthenticateForm(account_forms.ReauthenticateForm):
    password = Bare("密码")
