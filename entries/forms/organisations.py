"""Deciding whose credit code it is."""

from __future__ import annotations

from django import forms

from accounts.models import OwnershipClaim


class ClaimDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="结论",
        choices=OwnershipClaim.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结论。"},
    )
    reason = forms.CharField(
        label="理由（告知双方并记入日志）",
        max_length=OwnershipClaim._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，例如“执照名称、代码与公示系统一致”。"},
    )
