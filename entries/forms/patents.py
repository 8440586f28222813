"""One patent of the list as a form."""

from __future__ import annotations

from typing import Any

from django import forms

from core.quick_widgets import QuickCheckbox, QuickHidden, QuickInput, QuickSelect
from entries.forms.fields import TypedDateField
from entries.models import IPAsset
from entries.pure.sheet_cells import settled_status
from entries.queries.editing import Scope


class PatentForm(forms.Form):
    """One row. Everything may be empty; texts that are too long and days that do not exist are faults."""

    id = forms.IntegerField(required=False, widget=QuickHidden)
    number_raw = forms.CharField(label="申请号", max_length=60, required=False, widget=QuickInput)
    asset_type = forms.ChoiceField(label="类型", choices=IPAsset.Kind.choices, widget=QuickSelect)
    title = forms.CharField(label="专利名称", max_length=200, required=False, widget=QuickInput)
    filed_on = TypedDateField(label="申请日", widget=QuickInput(attrs={"placeholder": "2024-03-02"}))
    granted_on = TypedDateField(label="授权公告日", widget=QuickInput(attrs={"placeholder": "未授权可不填"}))
    country = forms.CharField(label="国家或地区", max_length=2, required=False, widget=QuickInput, help_text="两位代码，境外专利填写，如 US")
    status = forms.ChoiceField(
        label="法律状态", choices=[("", "按授权公告日判断"), *IPAsset.Status.choices], required=False, widget=QuickSelect
    )
    owners = forms.CharField(label="专利权人（申请人）", max_length=300, required=False, widget=QuickInput)
    inventors = forms.CharField(label="发明人（设计人）", max_length=300, required=False, widget=QuickInput)
    publication_number = forms.CharField(label="公开（公告）号", max_length=40, required=False, widget=QuickInput)
    classification = forms.CharField(label="分类号", max_length=40, required=False, widget=QuickInput)
    relation = forms.CharField(label="与项目的关系", max_length=120, required=False, widget=QuickInput)
    obtained = forms.ChoiceField(label="取得方式", choices=[("", "未填写"), *IPAsset.Obtained.choices], required=False, widget=QuickSelect)
    family = forms.CharField(
        label="境外同族", max_length=400, required=False, widget=QuickInput, help_text="例如 US10681263B2；EP3406191B1，多个用分号隔开"
    )
    number_reason = forms.CharField(
        label="号码说明", max_length=200, required=False, widget=QuickInput, help_text="境外号码写法不常见时说明依据"
    )
    is_licensed = forms.BooleanField(label="已对外许可", required=False, widget=QuickCheckbox)
    is_pledged = forms.BooleanField(label="已质押", required=False, widget=QuickCheckbox)
    is_litigated = forms.BooleanField(label="有诉讼或无效程序", required=False, widget=QuickCheckbox)
    MAIN = ("number_raw", "asset_type", "title", "filed_on", "granted_on")
    MORE = (
        "status",
        "owners",
        "inventors",
        "publication_number",
        "classification",
        "relation",
        "obtained",
        "family",
        "country",
        "number_reason",
    )
    FLAGS = ("is_licensed", "is_pledged", "is_litigated")

    def __init__(self, *args: Any, ordinal: int, scope: Scope, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ordinal = ordinal
        self.is_more_wrong = False
        for name, one in self.fields.items():
            one.widget.attrs["class"] = _css(one)
            one.error_messages["max_length"] = f"{one.label}最多 %(limit_value)d 字，现为 %(show_value)d 字，请删减。"
            column = {"number_raw": "number"}.get(name, name)
            opened = scope.allows("assets") if is_new else scope.allows(f"asset.{ordinal}.{column}")
            one.disabled = name != "id" and not opened
        self.fields["number_raw"].widget.attrs["class"] += " jg-mono"
        self.fields["number_raw"].widget.attrs["autocomplete"] = "off"

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    def flags(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FLAGS]

    def mark(self, columns: set[str]) -> None:
        """Marks the controls of `columns` as wrong, described by the sentence under the row."""
        for name in columns & set(self.fields):
            attrs = self.fields[name].widget.attrs
            attrs |= {"class": f"{attrs['class']} is-invalid", "aria-invalid": "true"}
            attrs["aria-describedby"] = f"id_{self.prefix}_error"
        self.is_more_wrong = bool(columns & set(self.MORE))

    def values(self) -> dict[str, Any]:
        """What can be kept of the row: gaps where the typed text is no day or too long."""
        cleaned = getattr(self, "cleaned_data", {})
        granted = cleaned.get("granted_on")
        values = {name: cleaned.get(name) or "" for name in ("number_raw", "title", *self.MORE)}
        values |= {name: bool(cleaned.get(name)) for name in self.FLAGS}
        return {
            **values,
            "asset_type": cleaned.get("asset_type") or IPAsset.Kind.INVENTION,
            "filed_on": cleaned.get("filed_on"),
            "granted_on": granted,
            "status": settled_status(cleaned.get("status") or "", granted),
            "country": (cleaned.get("country") or "CN").upper(),
        }


def _css(one: forms.Field) -> str:
    if isinstance(one, forms.BooleanField):
        return "form-check-input"
    return "form-select" if isinstance(one, forms.ChoiceField) else "form-control"
