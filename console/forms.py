"""The filters of the journal."""

from __future__ import annotations

from typing import Any

from django import forms

from competitions.models import Edition
from console.journal_words import GROUPS
from console.queries.journal import actors


class JournalFilter(forms.Form):
    """All optional: an area, a person, a thing, a day."""

    group = forms.ChoiceField(label="范围", required=False)
    actor = forms.ChoiceField(label="操作人", required=False)
    thing = forms.CharField(label="对象编号", required=False, max_length=60)
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = [("", "全部范围"), *GROUPS.items()]
        self.fields["actor"].choices = [("", "全部人员"), *actors(edition)]
        self.fields["thing"].widget.attrs["placeholder"] = "参赛编号或标识"
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
