"""The forms of a judge's profile and of the declaration."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from entries.models.industry import INDUSTRIES
from judging.models import JudgeProfile
from judging.queries.declaration import Body

SYMBOL = re.compile(r"[A-H]\d{2}[A-Z]?")
BETWEEN = re.compile(r"[、，,；;\s]+")


class ProfileForm(forms.Form):
    """Kind, employers and field; `ipc` is typed as symbols with marks or blanks between them."""

    kind = forms.ChoiceField(label="专家类别", choices=JudgeProfile.Kind.choices)
    title = forms.CharField(label="职务或职称", max_length=60, required=False)
    employer = forms.CharField(label="现工作单位", max_length=120)
    past_employers = forms.CharField(
        label="曾工作单位", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个，含任职、兼职、顾问和投资的单位。只用于比对回避关系。",
    )  # fmt: skip
    industries = forms.MultipleChoiceField(
        label="熟悉的产业", choices=INDUSTRIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    ipc = forms.CharField(
        label="熟悉的 IPC 分类", max_length=200, required=False, help_text="大类或小类，如 C09D、H01、G06F，用顿号或空格分开。"
    )

    @staticmethod
    def initial_of(profile: JudgeProfile | None) -> dict[str, Any]:
        """The values of the form from a stored profile."""
        if profile is None:
            return {}
        names = ("kind", "title", "employer", "past_employers", "industries")
        return {**{name: getattr(profile, name) for name in names}, "ipc": "、".join(profile.ipc)}

    def clean_ipc(self) -> list[str]:
        symbols = [one.upper() for one in BETWEEN.split(self.cleaned_data["ipc"]) if one]
        wrong = [one for one in symbols if not SYMBOL.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}”不是 IPC 大类或小类，应如 C09 或 C09D。")
        return symbols

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("kind", "title", "employer", "past_employers")}


class DeclarationForm(forms.Form):
    """Organisations the judge steps back from, why, and the signature. `rows` pairs each organisation with its mark."""

    bodies = forms.MultipleChoiceField(label="须回避的单位", required=False)
    reason = forms.CharField(
        label="回避原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="勾选了单位时填写，如“曾任该公司顾问”。组委会可以看到。",
    )  # fmt: skip
    agree = forms.BooleanField(
        label="我已阅读并承诺遵守", error_messages={"required": "请先勾选“我已阅读并承诺遵守”，再签署。"}
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = bodies
        self.fields["bodies"].choices = [(one.public_id, one.name) for one in bodies if not one.is_declared]  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[Body, bool]]:
        ticked = set(self.data.getlist("bodies")) if self.is_bound else set()  # type: ignore[attr-defined]
        return [(one, one.public_id in ticked) for one in self.listed]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("bodies") and not data.get("reason", "").strip():
            self.add_error("reason", "您勾选了须回避的单位，请写明原因，如“曾任该公司顾问”。")
        return data
