"""What the organiser types on the pages of results."""

from __future__ import annotations

from django import forms


def _reason(label: str, help_text: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=300, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2})
    )


class ComputeForm(forms.Form):
    """Reason of a correction, and the chief judge's decision when marks are uneven."""

    reason = _reason("更正原因", "已有结果时必须填写；随新版本公开，并记入操作日志。", required=False)
    plain_mean_reason = _reason(
        "整轮取平均分的理由", "只在个别项目评分个数不足、评委组长决定整轮取平均分时填写。", required=False
    )


class ApproveForm(forms.Form):
    note = _reason("核准意见", "可不填；名额未满等情况须说明。", required=False)


class PublishForm(forms.Form):
    """Until when objections may be raised."""

    notice_closes_at = forms.DateTimeField(
        label="公示截止",
        help_text="公示期内可对结果提出异议；公布后不能修改。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class DecideForm(forms.Form):
    """The committee's choice among entries tied at an award."""

    group = forms.CharField(widget=forms.HiddenInput, max_length=60)
    award = forms.CharField(widget=forms.HiddenInput, max_length=60)
    entries = forms.MultipleChoiceField(label="获奖项目", widget=forms.CheckboxSelectMultiple)
    reason = _reason("评委会决定的理由", "随结果公开，并写入计算记录。")

    def __init__(self, *args, choices: list[tuple[str, str]] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = choices


class RevokeForm(forms.Form):
    reason = forms.CharField(label="撤销原因", max_length=200, help_text="扫码查验的人会看到。")
