"""The form that begins an entry."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation


class StartForm(forms.Form):
    """For which organisation, and consent to the privacy notice in the version shown."""

    organisation = forms.ModelChoiceField(
        label="以哪个单位参赛",
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择以哪个单位参赛。", "invalid_choice": "请选择名单中的单位。"},
    )
    consent = forms.BooleanField(
        label="我已阅读并同意个人信息保护告知",
        error_messages={"required": "请先阅读个人信息保护告知，同意后才能开始报名。"},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = organisations
        if len(organisations) == 1:
            self.initial.setdefault("organisation", organisations[0].pk)
