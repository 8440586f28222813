"""The form of the step 补充信息: everything on it may stay empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from entries.forms.fields import WanField
from entries.models import ApplicantProfile, EntryDetails, Transaction
from entries.models.details import EMERGING_CLASSES

YEARS = {"min_value": 1900, "max_value": 2100}


def _whole(label: str, limit: int = 1_000_000, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=limit, **options)


def _text(label: str, limit: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=limit, help_text=help_text)


def _many(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


class DetailsForm(forms.Form):
    """Facts of the project."""

    keywords = _text("关键词", 100, "用分号隔开")
    emerging_class = forms.ChoiceField(label="战略性新兴产业类别", required=False, choices=[("", "未填写"), *EMERGING_CLASSES])
    layout_work = _many("做过的布局工作", EntryDetails.LayoutWork.choices)
    planned_filings = _whole("一年内计划新申请（件）", 9999)
    products = _text("应用专利的产品", 200)
    market_size = _text("市场规模与来源", 200, "例如：国内约 30 亿元（某协会 2025 年报告）")
    standards = _text("参与制定的标准", 300)
    awards = _text("获奖情况", 300)
    valuation = WanField(label="专利评估值（万元）")
    agency = _text("专利代理或服务机构", 120)
    need_kinds = _many("需求类型", EntryDetails.Need.choices)
    need_amount = WanField(label="意向金额（万元）")
    MARKET = ("products", "market_size", "standards", "awards", "valuation")
    LAYOUT = ("keywords", "emerging_class", "layout_work", "planned_filings", "agency")
    NEEDS = ("need_kinds", "need_amount")


class ProfileForm(forms.Form):
    """Facts of one applicant."""

    founded_year = forms.IntegerField(label="成立年份", required=False, **YEARS)
    registered_capital = WanField(label="注册资本（万元）")
    legal_representative = _text("法定代表人", 60)
    rd_spend = WanField(label="上一年度研发投入（万元）")
    staff = _whole("职工人数")
    rd_staff = _whole("其中研发人员")
    titles = _many("资质荣誉", ApplicantProfile.Title.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        staff, rd_staff = cleaned.get("staff"), cleaned.get("rd_staff")
        if staff is not None and rd_staff is not None and rd_staff > staff:
            self.add_error("rd_staff", f"研发人员 {rd_staff} 人多于职工人数 {staff} 人，请核对。")
        return cleaned


class FigureForm(forms.Form):
    """One year of the project."""

    year = forms.IntegerField(widget=forms.HiddenInput, **YEARS)
    sales = WanField(label="销售额")
    profit = WanField(label="利润", may_be_negative=True)
    tax = WanField(label="纳税")
    exports = WanField(label="出口")


class TransactionForm(forms.Form):
    """One deal; a row without a kind is no row."""

    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "未填写"), *Transaction.Kind.choices])
    year = forms.IntegerField(label="年份", required=False, **YEARS)
    amount = WanField(label="金额（万元）")
    partner = _text("对方", 120)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("kind") and any(cleaned.get(name) is not None and cleaned.get(name) != "" for name in ("year", "amount", "partner")):
            self.add_error("kind", "请选择交易的类型。")
        return cleaned


class MemberForm(forms.Form):
    """One person; a row without a name is no row."""

    name = _text("姓名", 60)
    role = _text("分工", 60)
    degree = _text("学历职称", 40)
    field = _text("专业方向", 60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and any(cleaned.get(name) for name in ("role", "degree", "field")):
            self.add_error("name", "请填写姓名，或清空这一行。")
        return cleaned


def _rows(form: type[forms.Form], extra: int, limit: int) -> type[BaseFormSet]:
    return formset_factory(form, extra=extra, max_num=limit, absolute_max=limit + 10)


FigureRows = _rows(FigureForm, 0, 3)
TransactionRows = _rows(TransactionForm, 2, 30)
MemberRows = _rows(MemberForm, 3, 40)
