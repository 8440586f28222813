"""The list of organisations that may not enter."""

from __future__ import annotations

from django import forms


class ExclusionForm(forms.Form):
    name = forms.CharField(label="单位名称", max_length=120, error_messages={"required": "请填写单位名称。"})
    uscc = forms.CharField(
        label="统一社会信用代码", max_length=40, required=False, help_text="按代码认单位；没有代码的按名称认。"
    )
    until_year = forms.IntegerField(label="排除到哪一年的届（含）", min_value=2000, max_value=2099)
    reason = forms.CharField(
        label="原因（被排除的单位会看到）", max_length=200, error_messages={"required": "请写明原因。"}
    )


class LiftForm(forms.Form):
    reason = forms.CharField(label="解除的原因", max_length=200, error_messages={"required": "请写明解除的原因。"})
