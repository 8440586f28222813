"""A field that is empty or wrong says what to do, and never in the words of the framework."""

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


class Limited(forms.Form):
    share = forms.IntegerField(min_value=0, max_value=5)
    name = forms.CharField(max_length=4)
    day = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "甲")])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("share", "30", "不能大于 5，现在是 30。"),
        ("share", "-1", "不能小于 0，现在是 -1。"),
        ("share", "x", "请填写整数，例如 12。"),
        ("name", "高价值专利", "最多 4 个字，现在 5 个字。"),
        ("day", "2026-13-02", "日期不对，请按 2026-09-12 的写法填写。"),
        ("kind", "b", "选项里没有“b”，请重新选择。"),
    ],
)
def test_a_wrong_field_says_the_fact_and_the_mend(name: str, value: str, words: str) -> None:
    assert Limited({name: value}).errors[name] == [words]
