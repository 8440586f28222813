"""What the organiser types on the pages of results."""

from __future__ import annotations

from typing import Any

from django import forms

from competitions.models import Round
from core.errors import Refusal
from core.files import PNG, CheckedFile, check_upload
from core.glyphs import unprintable_sentence
from entries.models import Entry
from entries.states import ACCEPTED


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


class VacancyForm(forms.Form):
    """Places of an award that stay empty."""

    award = forms.ChoiceField(label="奖项")
    count = forms.IntegerField(label="空缺个数", min_value=1, max_value=999)
    reason = _reason("空缺的理由", "随结果公开，并写入计算记录。")

    def __init__(self, *args, choices: list[tuple[str, str]] = (), **kwargs) -> None:
        super().__init__(*args, auto_id="id_vacancy_%s", **kwargs)
        self.fields["award"].choices = choices

    def values(self) -> dict[str, Any]:
        group, _, award = self.cleaned_data["award"].partition(":")
        return {"group": group, "award": award, "count": self.cleaned_data["count"], "reason": self.cleaned_data["reason"]}


class ByeForm(forms.Form):
    """An entry that goes on unranked; only groups whose rule has such places are offered."""

    entry = forms.ModelChoiceField(label="项目", queryset=Entry.objects.none(), empty_label="请选择项目")
    reason = _reason("直接晋级的理由", "写入计算记录并随结果公开，例如“上届金奖项目，按规则第 6 条直接晋级”。")

    def __init__(self, *args, round: Round, allowed: dict[int, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        groups = [group for group, count in allowed.items() if count]
        entries = Entry.objects.filter(edition=round.edition, group__in=groups, state=ACCEPTED).order_by("number")
        field = self.fields["entry"]
        field.queryset = entries
        field.label_from_instance = lambda entry: f"{entry.code} 号 {entry.title}"


class StyleForm(forms.Form):
    """How the edition's certificates are signed."""

    committee = forms.CharField(label="落款", max_length=60, required=False, help_text="不填时用“赛事名称＋组委会”。")
    seal = forms.FileField(
        label="印章图片", required=False, help_text="透明底 PNG，正方形，边长 600 至 1200 像素，不超过 1 MB。印在落款上。"
    )
    removes_seal = forms.BooleanField(label="不再使用印章图片", required=False)
    picture: CheckedFile | None = None

    def clean_committee(self) -> str:
        text = self.cleaned_data["committee"].strip()
        missing = unprintable_sentence(text, "落款")
        if missing:
            raise forms.ValidationError(missing)
        return text

    def clean_seal(self) -> Any:
        upload = self.cleaned_data["seal"]
        if upload:
            try:
                self.picture = check_upload(upload, allowed=(PNG,), max_size=1024 * 1024)
            except Refusal as refusal:
                raise forms.ValidationError(refusal.text) from refusal
        return upload


class RevokeForm(forms.Form):
    reason = forms.CharField(label="撤销原因", max_length=200, help_text="扫码查验的人会看到。")
