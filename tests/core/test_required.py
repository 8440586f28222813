"""A field that was left empty says what to do, and never in the words of the framework."""

from __future__ import annotations

import pytest
from django import forms


class Sample(forms.Form):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "甲")])
    kinds = forms.MultipleChoiceField(choices=[("a", "甲")])
    agreed = forms.BooleanField()
    file = forms.FileField()
    number = forms.IntegerField(error_messages={"required": "请填写届次。"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("title", "这一项还没有填写。"),
        ("kind", "请选择一项。"),
        ("kinds", "请选择一项。"),
        ("agreed", "请勾选后再提交。"),
        ("file", "请选择文件。"),
        ("number", "请填写届次。"),
    ],
)
def test_an_empty_field_says_what_to_do(name: str, words: str) -> None:
    assert Sample({}).errors[name] == [words]
