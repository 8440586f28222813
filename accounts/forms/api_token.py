"""The form for a new token."""

from __future__ import annotations

from django import forms

from accounts.actions.api_token import LASTS_DAYS
from accounts.models import ApiToken


class ApiTokenForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60, help_text="写明哪个系统使用，例如“园区数据平台”。")
    scope = forms.ChoiceField(
        label="范围", choices=ApiToken.Scope.choices, help_text="令牌只能做您自己能做的事，并且不超出所选范围。"
    )
    days = forms.TypedChoiceField(
        label="有效期", coerce=int, choices=[(days, f"{days} 天") for days in LASTS_DAYS], initial=LASTS_DAYS[1]
    )
