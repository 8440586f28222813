"""The form that begins an entry."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from entries.models import Entry


class StartForm(forms.Form):
    """For which organisation, and consent to the privacy notice in the version shown."""

    organisation = forms.ModelChoiceField(
        label="以哪个单位参赛",
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择以哪个单位参赛。", "invalid_choice": "请选择名单中的单位。"},
    )
    source = forms.ModelChoiceField(
        label="以往届项目为底稿",
        queryset=Entry.objects.none(),
        required=False,
        empty_label="从空白开始",
        to_field_name="public_id",
        help_text="带入项目文字和专利清单，营业收入、附件和承诺重新填写。",
        error_messages={"invalid_choice": "请选择名单中的项目，或从空白开始。"},
    )
    consent = forms.BooleanField(
        label="我已阅读并同意个人信息保护告知",
        error_messages={"required": "请先阅读个人信息保护告知，同意后才能开始报名。"},
    )

    def __init__(self, *args: Any, organisations: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = organisations
        earlier = self.fields["source"]
        assert isinstance(earlier, forms.ModelChoiceField)
        earlier.queryset = sources
        earlier.label_from_instance = lambda one: f"{one.title or '未命名项目'}（{one.edition.short_name}）"  # type: ignore[method-assign]
        if not sources:
            del self.fields["source"]
        if len(organisations) == 1:
            self.initial.setdefault("organisation", organisations[0].pk)
