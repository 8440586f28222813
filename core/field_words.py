"""What a form says of a field that is empty or wrong, in the words of the house: the fact and what is to be done.

The framework's own sentences (该字段是必填项。确保该值小于或等于 5。) name neither. A field with a sentence of its own keeps it.
"""

from __future__ import annotations

from django import forms
from django.core import validators

WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "这一项还没有填写。"},
    forms.ChoiceField: {"required": "请选择一项。", "invalid_choice": "选项里没有“%(value)s”，请重新选择。"},
    forms.ModelChoiceField: {"required": "请选择一项。", "invalid_choice": "所选的一项已经不在，请重新选择。"},
    forms.BooleanField: {"required": "请勾选后再提交。"},
    forms.FileField: {"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
    forms.IntegerField: {"invalid": "请填写整数，例如 12。"},
    forms.DecimalField: {"invalid": "请填写数字，例如 12.5。"},
    forms.DateField: {"invalid": "日期不对，请按 2026-09-12 的写法填写。"},
    forms.DateTimeField: {"invalid": "时间不对，请按 2026-09-12 18:00 的写法填写。"},
}
LIMITS: dict[type[validators.BaseValidator], str] = {
    validators.MinValueValidator: "不能小于 %(limit_value)s，现在是 %(show_value)s。",
    validators.MaxValueValidator: "不能大于 %(limit_value)s，现在是 %(show_value)s。",
    validators.MinLengthValidator: "至少 %(limit_value)s 个字，现在 %(show_value)s 个字。",
    validators.MaxLengthValidator: "最多 %(limit_value)s 个字，现在 %(show_value)s 个字。",
}


def say_what_is_wrong() -> None:
    """Sets the words for every form."""
    for kind, words in WORDS.items():
        kind.default_error_messages = {**kind.default_error_messages, **words}
    for limit, sentence in LIMITS.items():
        limit.message = sentence
