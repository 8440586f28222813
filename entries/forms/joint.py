"""Answering an invitation to take part."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from entries.forms.fields import WanField
from entries.models import JointInvitation


class JointAcceptForm(forms.Form):
    """With which organisation, its revenue, and the agreement."""

    organisation = forms.ModelChoiceField(
        label="以哪个单位参加",
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择以哪个单位参加。"},
    )
    revenue = WanField(
        label="上一年度营业收入（万元）", help_text="企业必填，按企业所得税汇算清缴数；各参赛企业合并计算，用于确定组别。"
    )
    consent = forms.BooleanField(
        label="本单位同意与牵头单位联合参赛，知悉大赛规则和个人信息保护告知，同意所列专利参赛。",
        error_messages={"required": "请先阅读大赛规则和个人信息保护告知，同意后才能确认。"},
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        if len(organisations) == 1:
            self.initial.setdefault("organisation", organisations[0].pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        is_firm = organisation is not None and organisation.kind == Organisation.Kind.ENTERPRISE
        if is_firm and cleaned.get("revenue") is None and "revenue" not in self.errors:
            self.add_error("revenue", "请填写上一年度营业收入，单位为万元；没有收入的填 0。")
        return cleaned


class JointDeclineForm(forms.Form):
    reason = forms.CharField(
        label="告诉牵头单位的话（可不填）",
        max_length=JointInvitation._meta.get_field("reason").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
