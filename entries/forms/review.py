"""Declarations, withdrawal and files: the small forms of an applicant."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django import forms

from entries.models import Attachment
from entries.pure.declarations import AWARD, DECLARATIONS, DISPLAY, SHARING, TRUTH
from entries.queries.editing import Scope


class DeclarationForm(forms.Form):
    """What the applicant declares before submitting. An unticked box is saved too."""

    is_truth_declared = forms.BooleanField(label=DECLARATIONS[TRUTH][1], required=False)
    is_award_free_declared = forms.BooleanField(label=DECLARATIONS[AWARD][1], required=False)
    is_display_consented = forms.BooleanField(label=DECLARATIONS[DISPLAY][1], required=False)
    is_sharing_consented = forms.BooleanField(label=DECLARATIONS[SHARING][1], required=False)

    def __init__(self, *args: Any, scope: Scope, asks: Container[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [one for one in self.fields if one not in asks]:
            del self.fields[name]
        for name, field in self.fields.items():
            field.disabled = not scope.allows(name)


class WithdrawForm(forms.Form):
    """Why a project leaves; may be left empty."""

    reason = forms.CharField(
        label="退赛原因（可不填）", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FileForm(forms.Form):
    """One file. What it really is, core.files finds out."""

    file = forms.FileField(
        error_messages={"required": "请先选择文件。", "empty": "所选文件是空的（0 字节），请重新选择。"},
        allow_empty_file=True,
    )


class CoverAltForm(forms.Form):
    """What is on the cover, in words."""

    cover_alt = forms.CharField(
        label="封面说明",
        max_length=80,
        required=False,
        help_text="图上是什么，一句话，读给看不到图片的人听，如“流水线上的伺服压装机”。最多 80 字。",
    )


class UploadForm(FileForm):
    """One file of one kind."""

    kind = forms.ChoiceField(choices=Attachment.Kind.choices, error_messages={"required": "请选择材料类型。"})
    field_order = ("kind", "file")
