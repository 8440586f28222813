"""Signing up: a name, one address or mobile, and consent to the privacy text."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from accounts.fields import IdentityField
from accounts.queries.people import unfinished, user_with


class SignupForm(account_forms.SignupForm):
    """What was typed into `identity` becomes `email` or `phone`, the fields allauth goes on with."""

    field_order = ("name", "identity", "consent")
    name = forms.CharField(
        label="姓名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "姓名还没有填写，请填写联系人的真实姓名。"},
    )
    identity = IdentityField(
        help_text="会发一条验证码，用来确认能联系到您。",
        error_messages={"required": "请填写邮箱或手机号，之后用它登录。"},
    )
    consent = forms.BooleanField(
        label="同意隐私说明", error_messages={"required": "请先阅读，同意隐私说明后才能注册。"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        link = '我们处理哪些信息、保存多久，见<a href="{}" target="_blank">《隐私说明》</a>（新窗口）。'
        self.fields["consent"].help_text = format_html(link, reverse("accounts:privacy"))

    def clean(self) -> dict:
        data = super().clean()
        identity = data.get("identity") or ""
        data["email" if "@" in identity else "phone"] = identity
        standing = user_with(identity) if identity else None
        # Whether there is an account is told to its owner by a message, never to the visitor on the page.
        self.account_already_exists = standing is not None and not unfinished(standing)
        return data
