"""Declarations, withdrawal and files: the small forms of an applicant."""

from __future__ import annotations

from typing import Any

from django import forms

from entries.models import Attachment
from entries.queries.editing import Scope


class DeclarationForm(forms.Form):
    """What the applicant declares before submitting. An unticked box is saved too."""

    is_truth_declared = forms.BooleanField(
        label="承诺提交的材料真实，专利权属清楚、无争议，内容不涉及国家秘密。", required=False
    )
    is_display_consented = forms.BooleanField(
        label="同意在大赛网站公开展示项目名称、单位、公开简介和专利清单，用于网络投票和公示。", required=False
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.disabled = not scope.allows(name)


class WithdrawForm(forms.Form):
    """Why a project leaves; may be left empty."""

    reason = forms.CharField(
        label="退赛原因（可不填）", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class UploadForm(forms.Form):
    """One file of one kind. What it really is, core.files finds out."""

    kind = forms.ChoiceField(choices=Attachment.Kind.choices, error_messages={"required": "请选择材料类型。"})
    file = forms.FileField(
        error_messages={"required": "请先选择文件。", "empty": "所选文件是空的（0 字节），请重新选择。"},
        allow_empty_file=True,
    )
