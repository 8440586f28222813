"""The form of a new edition after the pattern of an earlier one."""

from __future__ import annotations

from typing import Any

from django import forms

from competitions.clone_parts import clone_parts
from competitions.forms.edition import EditionCreateForm
from competitions.queries.clone import missing_needs


class EditionCloneForm(EditionCreateForm):
    first_day = forms.DateField(
        label="报名第一天", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="其余日期按原届的间隔顺延。",
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="复制哪些部分", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="没有勾选的部分采用预设值。参赛项目、投票、评分、结果和任何报名人的信息都不会复制。",
    )  # fmt: skip
    field_order = ("name", "short_name", "slug", "ordinal", "year", "first_day", "parts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["preset"]
        field: Any = self.fields["parts"]
        field.choices = [(part.key, f"{part.name}（{part.about}）" if part.about else part.name) for part in clone_parts()]

    def clean_parts(self) -> list[str]:
        parts = self.cleaned_data["parts"]
        missing = missing_needs(parts)
        if missing:
            raise forms.ValidationError(missing)
        return parts
