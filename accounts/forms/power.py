"""Opening a system administrator's session."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.codes import TwoStepAgainForm
from accounts.models import PowerSession
from accounts.reason import SHORTEST_REASON


class PowerForm(TwoStepAgainForm):
    """The reason, and the second factor once more. Without a factor (where none is required) the reason alone."""

    reason = forms.CharField(
        label="理由",
        min_length=SHORTEST_REASON,
        max_length=PowerSession._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明要办什么、为谁办。理由会记入操作日志，并邮件告知其他系统管理员和各届组委会。",
        error_messages={"required": "请写明理由。", "min_length": f"请把理由写清楚，至少 {SHORTEST_REASON} 个字。"},
    )
    field_order = ("reason", "code")

    def __init__(self, *args: Any, has_factor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("autofocus", None)  # the reason comes first
        if not has_factor:
            del self.fields["code"]

    def clean_code(self) -> str:
        """A code is used up by being tried: not before the reason will do."""
        return super().clean_code() if "reason" in self.cleaned_data else self.cleaned_data["code"]
