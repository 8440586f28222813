"""Asking to join an organisation, answering, and showing a licence."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import JoinRequest, Membership, OwnershipClaim

SCANS = ".pdf,.jpg,.jpeg,.png"


class JoinForm(forms.Form):
    message = forms.CharField(
        label="您是谁，为什么加入",
        max_length=JoinRequest._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明您的部门和姓名，方便管理员核对。"},
        help_text="会发给单位的管理员，例如“研发部王工，负责今年的申报”。",
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=JoinRequest.Answer.choices)
    role = forms.ChoiceField(choices=Membership.Role.choices, required=False)

    def clean_role(self) -> str:
        return self.cleaned_data["role"] or Membership.Role.EDITOR


class ClaimForm(forms.Form):
    """The licence; `known` are the values of an organisation that is registered with it, carried along hidden."""

    licence = forms.FileField(
        label="营业执照或法人证书扫描件",
        widget=forms.ClearableFileInput(attrs={"accept": SCANS}),
        error_messages={"required": "请选择营业执照或法人证书的扫描件。"},
        help_text="PDF、JPG 或 PNG，不超过 10 MB；只给组委会核对用，不公开。",
    )
    statement = forms.CharField(
        label="说明（可不填）",
        max_length=OwnershipClaim._meta.get_field("statement").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, known: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in (known or {}).items():
            self.fields[name] = forms.CharField(initial=value, required=False, widget=forms.HiddenInput())
