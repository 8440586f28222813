"""What a form says of a field that was left empty, in the words of the house: what is to be done, by the kind of the field."""

from __future__ import annotations

from django import forms

WORDS: dict[type[forms.Field], str] = {
    forms.Field: "这一项还没有填写。",
    forms.ChoiceField: "请选择一项。",
    forms.ModelChoiceField: "请选择一项。",
    forms.BooleanField: "请勾选后再提交。",
    forms.FileField: "请选择文件。",
}


def say_what_is_missing() -> None:
    """Sets the words for every form; a field with a sentence of its own keeps it."""
    for kind, words in WORDS.items():
        kind.default_error_messages = {**kind.default_error_messages, "required": words}
