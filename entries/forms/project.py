"""The form of the step 项目信息."""

from __future__ import annotations

from typing import Any

from django import forms

from core.glyphs import unprintable_sentence
from entries.models import Entry
from entries.models.industry import INDUSTRIES
from entries.queries.completeness import REQUIRED_TEXTS
from entries.queries.content import TEXTS
from entries.queries.editing import Scope

HELP = {
    "title": "写清做什么、用什么技术，最多 50 字。",
    "short_name": "路演大屏上显示，最多 8 字。",
    "track": "",
    "ipc_main": "例如 A23L19/00；不清楚可以不填。",
    "pitch": "会公开显示在项目列表里，最多 60 字。",
    "summary": "会公开显示在项目页，最多 300 字。",
    "description": "要解决的问题、技术方案、达到的效果，最多 4000 字；申报书里已写清的可以不填。",
    "advantages": "最好有数据对比，最多 2000 字；申报书里已写清的可以不填。",
    "layout": "围绕核心专利怎样布局，已布局和计划布局的，最多 4000 字。",
    "market": "产品、销售、许可转让、标准等，金额请注明单位，最多 4000 字。",
    "team": "带头人和主要成员，最多 2000 字。",
    "needs": "融资、转让、许可、场地等，可以不填，最多 1000 字。",
}
ROWS = {"pitch": 2, "summary": 4, "description": 8, "advantages": 5, "layout": 6, "market": 6, "team": 4, "needs": 3}
CHOICES = {"industry": INDUSTRIES, "maturity": Entry.Maturity.choices}
GROUPS = (
    ("基本信息", ("title", "short_name", "track", "industry", "ipc_main", "maturity")),
    ("公开展示的内容", ("pitch", "summary")),
    ("供评审阅读的内容", ("description", "advantages", "layout", "market", "team", "needs")),
)


class ProjectForm(forms.ModelForm):
    """Texts, industry, track and maturity. Gaps are accepted: what is needed to submit is asked for on submission."""

    use_required_attribute = False

    class Meta:
        model = Entry
        fields = ["track", *TEXTS]
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in ROWS.items()}
        help_texts = HELP

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            field.disabled = not scope.allows(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self.instance.edition.tracks.all()
                field.empty_label = "请选择"
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", "请选择"), *CHOICES[name]]
            elif isinstance(field, forms.CharField):
                _count(field)
        unseen = unprintable_sentence(str(self.data.get("title") or self.instance.title), "项目名称")
        if unseen:
            self.fields["title"].help_text = unseen

    def kept(self) -> dict[str, Any]:
        """What can be saved now: every open field whose value is sound."""
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if name in self.cleaned_data and not field.disabled
        }

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; what a submission needs is marked, though a draft may leave it empty."""
        for name in REQUIRED_TEXTS:
            self.fields[name].required = True
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]

    def _post_clean(self) -> None:
        """The instance is left as it was: only the action writes, and only what changed."""


def _count(field: forms.CharField) -> None:
    """A text too long is not cut off by the browser: it is counted, and refused with both numbers."""
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs["data-counter"] = str(field.max_length)
    field.error_messages["max_length"] = f"“{field.label}”最多 %(limit_value)d 字，现为 %(show_value)d 字，请删减。"
