"""The quick controls say the same as Django's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms

from core.quick_widgets import QuickCheckbox, QuickHidden, QuickInput, QuickSelect

CHOICES = [("", "未填"), ("a", "甲<b>"), ("b&", "乙")]
ATTRS = {"id": "x\"1", "class": "form-control", "disabled": True, "required": False}


def parts(html: str) -> list[tuple[str, frozenset[str]]]:
    """Tags with their attributes in any order, and the text between."""
    found = re.findall(r"<(/?\w+)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>([^<]*)", html)
    return [(tag + words.strip(), frozenset(re.findall(r"[\w-]+(?:=\"[^\"]*\")?", attrs))) for tag, attrs, words in found]


@pytest.mark.parametrize("value", [None, "", "a\"<&", 3])
@pytest.mark.parametrize(("quick", "slow"), [(QuickInput, forms.TextInput), (QuickHidden, forms.HiddenInput)])
def test_inputs(quick: type, slow: type, value: Any) -> None:
    assert parts(quick(attrs=ATTRS).render("n", value, {"title": "t"})) == parts(slow(attrs=ATTRS).render("n", value, {"title": "t"}))


@pytest.mark.parametrize("value", [None, True, False, "on"])
def test_checkbox(value: Any) -> None:
    assert parts(QuickCheckbox(attrs=ATTRS).render("n", value)) == parts(forms.CheckboxInput(attrs=ATTRS).render("n", value))


@pytest.mark.parametrize("value", [None, "", "a", "b&", "unknown"])
def test_select(value: Any) -> None:
    assert parts(QuickSelect(attrs=ATTRS, choices=CHOICES).render("n", value)) == parts(forms.Select(attrs=ATTRS, choices=CHOICES).render("n", value))
