"""Forms of the edition itself: making it, its particulars, its schedule, its entry rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from competitions.models import Edition, EntryRules
from competitions.pure.edition_preset import PRESETS
from competitions.pure.file_kinds import FILE_KINDS
from competitions.queries.page_text import CORE_TYPES
from competitions.queries.schedule import StageView

MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """Day and time on Jiangmen's clocks, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **kwargs)


class EditionCreateForm(forms.Form):
    preset = forms.ChoiceField(
        label="预设",
        choices=[(key, f"{preset.name}：{preset.summary}") for key, preset in PRESETS.items()],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="全称", max_length=80, help_text="例如“2027 年江门市高价值专利培育布局大赛”。")
    short_name = forms.CharField(label="简称", max_length=20, help_text="用于后台和邮件，例如“2027 年江高赛”。")
    slug = forms.CharField(
        label="网址代号",
        max_length=32,
        help_text="公开网址的第一段，2 至 32 位小写字母、数字和连字符，例如 jgs2027。创建后不能修改。",
    )
    ordinal = forms.IntegerField(label="第几届", min_value=1, max_value=999)
    year = forms.IntegerField(label="年份", min_value=2000, max_value=2099)


class BasicsForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = [
            "name",
            "short_name",
            "slogan",
            "summary",
            "host_text",
            "contact_phone",
            "contact_hours",
            "contact_email",
            "filing_number",
        ]
        help_texts = {
            "slogan": "显示在首页标题上方和页脚。",
            "summary": "显示在首页标题下方，不超过 200 字。",
            "host_text": "显示在页脚，一行一个单位。",
            "contact_phone": "显示在页脚和规则页。",
            "contact_hours": "例如“工作日 9:00—12:00，14:30—17:30”。",
            "filing_number": "网站备案号，显示在页脚最后一行。",
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "host_text": forms.Textarea(attrs={"rows": 3})}


class ScheduleForm(forms.Form):
    """Two fields a stage, `<kind>_opens` and `<kind>_closes`; those of a stage that has opened cannot be changed."""

    def __init__(self, *args: Any, views: Iterable[StageView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = list(views)
        for view in self.views:
            stage = view.stage
            for edge, label, value in (("opens", "开始", stage.opens_at), ("closes", "截止", stage.closes_at)):
                self.fields[f"{stage.kind}_{edge}"] = MomentField(
                    label=f"{stage.name}{label}", initial=value, disabled=view.has_opened
                )

    def rows(self) -> list[tuple[StageView, Any, Any]]:
        """(stage, field of the beginning, field of the end) for the template."""
        return [(v, self[f"{v.stage.kind}_opens"], self[f"{v.stage.kind}_closes"]) for v in self.views]

    def windows(self) -> dict[str, tuple[datetime, datetime]]:
        """The windows entered, by kind."""
        data = self.cleaned_data
        return {v.stage.kind: (data[f"{v.stage.kind}_opens"], data[f"{v.stage.kind}_closes"]) for v in self.views}


class EntryRulesForm(forms.ModelForm):
    core_types = forms.MultipleChoiceField(
        label="核心专利可选类型", choices=list(CORE_TYPES.items()), widget=forms.CheckboxSelectMultiple
    )

    required_files = forms.MultipleChoiceField(
        label="提交时必交的材料",
        choices=list(FILE_KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="项目申报书总是必交。模板在“材料模板”里上传；承诺书没有模板时，用系统生成的。",
    )

    class Meta:
        model = EntryRules
        fields = [
            "startup_revenue_limit",
            "core_types",
            "core_must_be_granted",
            "core_granted_from",
            "min_assets",
            "max_companions",
            "max_entries_enterprise",
            "max_entries_individual",
            "max_entries_university",
            "max_entries_other",
            "required_files",
            "needs_recommendation",
            "needs_award_declaration",
            "attachments_until",
            "filings_until",
            "max_correction_rounds",
            "correction_days",
        ]
        help_texts = {
            "startup_revenue_limit": "上一年度经汇算清缴的营业收入，单位为元；恰好等于上限的仍归入初创组。",
            "core_granted_from": "不限制时留空。",
            "min_assets": "含核心专利，不少于 1 件。",
            "max_entries_university": "不限制时留空。",
            "max_entries_other": "事业单位、社会组织、港澳台及境外机构；不限制时留空。",
            "needs_award_declaration": "勾选后，参赛单位提交时须声明项目没有获得过国家、省级专利奖。",
            "needs_recommendation": "由项目落地所在地的市场监管部门出具。",
            "attachments_until": "不允许补充时留空。",
            "filings_until": "决赛前冻结专利组合的时刻；留空时以决赛开始为准，且不能新增。",
            "max_correction_rounds": "填 0 表示不接受补正。",
        }
        widgets = {
            "core_granted_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "attachments_until": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
            "filings_until": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        }
