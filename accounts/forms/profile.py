"""A person's own name."""

from __future__ import annotations

from django import forms


class ProfileForm(forms.Form):
    name = forms.CharField(
        label="姓名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "姓名还没有填写，请填写真实姓名。"},
    )
