"""Forms of the parts of an edition: groups, rubrics, awards, pages, announcements, roles, stage overrides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from competitions.forms.edition import MomentField
from competitions.models import Announcement, AwardType, Group, Role
from competitions.pure.award_rule import BY_CHOICE, BY_TOTAL, BY_VOTES, COMMITTEE, SHARE
from competitions.pure.rubric import STEPS, CriterionRow

CODE_HELP = "小写字母、数字和连字符，用于导出和计算。"
TAKEN_CODES = ("new", "remove")  # words of our own addresses
MARKDOWN_HELP = "用 Markdown 书写：# 标题、- 列表、| 表格 |。脚本和图片会被去掉。"


def free_code(value: str) -> None:
    """Refuses a code that would be read as a step of our own."""
    if value in TAKEN_CODES:
        raise ValidationError("代号不能是 %(value)s，请换一个。", params={"value": value})


class NamedForm(forms.Form):
    """A track or a group: code and name."""

    code = forms.SlugField(label="代号", max_length=20, help_text=CODE_HELP, validators=[free_code])
    name = forms.CharField(label="名称", max_length=40)


class RubricNameForm(forms.Form):
    name = forms.CharField(label="评分标准名称", max_length=60)


class CriterionForm(forms.Form):
    code = forms.CharField(label="编号", max_length=8)
    parent = forms.CharField(label="上级编号", max_length=8, required=False)
    name = forms.CharField(label="指标", max_length=60)
    max_score = forms.DecimalField(label="满分", min_value=Decimal("0.1"), max_digits=6, decimal_places=2)
    step = forms.TypedChoiceField(
        label="步长", choices=[(str(step), str(step)) for step in STEPS], coerce=Decimal, initial="0.5"
    )
    guidance = forms.CharField(
        label="评分指引", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    bands = forms.CharField(
        label="分档",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一档，从高到低：起点分、空格、说明，如“13.5 优：保护范围清楚且稳定”。不填按满分的 90%、75%、60% 分优良中差。",
    )

    def has_changed(self) -> bool:
        """A blank row comes with a step; that alone does not make it a criterion."""
        return any(name != "step" for name in self.changed_data)

    def row(self) -> CriterionRow:
        return CriterionRow(**self.cleaned_data_without_delete(), weight=self.initial.get("weight", Decimal(1)))

    def cleaned_data_without_delete(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class _CriterionFormSet(forms.BaseFormSet):
    def rows(self) -> list[CriterionRow]:
        """The rows that were filled in and not marked for deletion."""
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        return [form.row() for form in kept if form.cleaned_data and not form.cleaned_data.get("DELETE")]


CriterionFormSet = forms.formset_factory(CriterionForm, formset=_CriterionFormSet, extra=3, can_delete=True, max_num=60)


class AwardForm(forms.ModelForm):
    """An award with its places for each group (fields `quota_<primary key>`) and how it is decided."""

    basis = forms.ChoiceField(label="评定依据", choices=[(BY_TOTAL, "总分名次"), (BY_VOTES, "公众投票有效票数"), (BY_CHOICE, "评委会评选（专项奖）")])
    tie = forms.ChoiceField(label="仍并列时", choices=[(COMMITTEE, "评委会决定并记录"), (SHARE, "共同获奖")])
    backfill = forms.BooleanField(
        label="获奖项目退赛或被取消资格时由后一名递补", required=False, help_text="不勾选时名额空缺。本轮结束以后退赛或取消资格的项目，结果公布前后都按此处理。"
    )

    class Meta:
        model = AwardType
        fields = ["name", "amount", "is_stackable", "may_stay_vacant"]
        help_texts = {"amount": "每个获奖项目的奖金，单位为元；没有奖金或尚未确定时留空。"}

    def __init__(self, *args: Any, groups: list[Group], quotas: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for group in groups:
            self.fields[f"quota_{group.pk}"] = forms.IntegerField(
                label=f"{group.name}名额", min_value=0, max_value=999, initial=quotas.get(group.pk, 0)
            )
        if self.instance.pk is None:
            code = forms.SlugField(label="代号", max_length=20, help_text=CODE_HELP, validators=[free_code])
            self.fields = {"code": code, **self.fields}

    def quotas(self) -> list[tuple[Group, int]]:
        return [(group, self.cleaned_data[f"quota_{group.pk}"]) for group in self.groups]


class PageForm(forms.Form):
    body = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 24}), help_text=MARKDOWN_HELP)


class AnnouncementForm(forms.ModelForm):
    class Meta:
        model = Announcement
        fields = ["title", "lead", "body"]
        help_texts = {"lead": "一两句话，显示在首页和列表中。", "body": MARKDOWN_HELP}
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}


class RoleForm(forms.Form):
    """Gives a role to somebody with an account, or makes the account and invites them."""

    email = forms.EmailField(label="邮箱", help_text="已有账户的，填登录邮箱；没有账户的，会新建账户并发邀请邮件。")
    name = forms.CharField(label="姓名", max_length=60, required=False, help_text="新建账户时必填。")
    kind = forms.ChoiceField(label="角色", choices=Role.Kind.choices)
    reason = forms.CharField(label="原因", max_length=200, help_text="记入操作日志，例如“组委会办公室工作人员”。")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class ExtendForm(ReasonForm):
    until = MomentField(label="延长至")
    field_order = ["until", "reason"]
