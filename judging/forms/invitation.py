"""Forms of inviting judges and of accepting."""

from __future__ import annotations

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from accounts.forms.passwords import HINT
from accounts.pure.identity import read_identity
from competitions.models import Role
from core.text import fold

MOST = 60
BETWEEN = re.compile(r"[\s,，、;；]+")


class InviteForm(forms.Form):
    """One person a line, typed or pasted from a spreadsheet: name, then mail address or mobile."""

    people = forms.CharField(
        label="评委名单",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=f"一行一位：姓名，然后是邮箱或手机号，用空格或逗号分开。可以从表格直接粘贴，一次至多 {MOST} 位。",
        error_messages={"required": "请填写至少一位评委的姓名和邮箱（或手机号）。"},
    )
    kind = forms.ChoiceField(
        label="角色", choices=[(one.value, one.label) for one in (Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)], initial=Role.Kind.JUDGE
    )

    def clean_people(self) -> list[tuple[str, str]]:
        """(name, canonical address) of each line; the first fault names its line."""
        lines = [(number, text.strip()) for number, text in enumerate(self.cleaned_data["people"].splitlines(), start=1)]
        filled = [(number, text) for number, text in lines if text]
        if len(filled) > MOST:
            raise ValidationError(f"一次至多邀请 {MOST} 位，您填了 {len(filled)} 位。请分次发送。")
        found: dict[str, tuple[str, str]] = {}
        for number, text in filled:
            name, identity = _read(number, text)
            if identity in found:
                raise ValidationError(f"第 {number} 行与前面重复：{identity}。请删去一行。")
            found[identity] = (name, identity)
        return list(found.values())


def _read(number: int, text: str) -> tuple[str, str]:
    *name, identity = BETWEEN.split(fold(text).strip(" ,，、;；"))
    if not name:
        raise ValidationError(f"第 {number} 行“{text[:40]}”缺少姓名或联系方式，应如“张三 zhangsan@example.com”。")
    if len(" ".join(name)) > 60:
        raise ValidationError(f"第 {number} 行的姓名超过 60 字，请核对。")
    parsed = read_identity(identity)
    if parsed.faults:
        raise ValidationError(f"第 {number} 行“{identity[:40]}”：{parsed.faults[0].message}")
    return " ".join(name), parsed.canonical


class JoinForm(forms.Form):
    """The account of somebody invited: the name as the papers will show it, a password, the agreement."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="设置密码", strip=False, help_text=HINT, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    repeat = forms.CharField(
        label="再输入一次", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    consent = forms.BooleanField(label="同意隐私说明", error_messages={"required": "请先阅读，同意隐私说明后才能接受邀请。"})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        link = '我们处理哪些信息、保存多久，见<a href="{}" target="_blank">《隐私说明》</a>（新窗口）。'
        self.fields["consent"].help_text = format_html(link, reverse("accounts:privacy"))

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_repeat(self) -> str:
        repeat = self.cleaned_data["repeat"]
        if self.cleaned_data.get("password") not in (None, repeat):
            raise ValidationError("两次输入的密码不一样，请重新输入。")
        return repeat
