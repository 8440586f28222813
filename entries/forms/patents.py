"""The patent table: one form a row, any number of rows, in the order they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from entries.forms.fields import TypedDateField
from entries.models import Entry, IPAsset
from entries.queries.asset_check import Finding, check_rows
from entries.queries.editing import Scope

ROW_KEY = re.compile(r"p-(\d{1,4})-id")
TYPED = ("number_raw", "title", "filed_on", "granted_on", "publication_number", "inventors", "classification")
BEFORE_GRANT = (IPAsset.Status.FILED, IPAsset.Status.PUBLISHED, IPAsset.Status.SUBSTANTIVE_EXAM)


class PatentForm(forms.Form):
    """One row. Everything may be empty; texts that are too long and days that do not exist are faults."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number_raw = forms.CharField(label="申请号", max_length=60, required=False)
    asset_type = forms.ChoiceField(label="类型", choices=IPAsset.Kind.choices)
    title = forms.CharField(label="专利名称", max_length=200, required=False)
    filed_on = TypedDateField(label="申请日", widget=forms.TextInput(attrs={"placeholder": "2024-03-02"}))
    granted_on = TypedDateField(label="授权公告日", widget=forms.TextInput(attrs={"placeholder": "未授权可不填"}))
    country = forms.CharField(label="国家或地区", max_length=2, required=False, help_text="两位代码，境外专利填写，如 US")
    status = forms.ChoiceField(
        label="法律状态", choices=[("", "按授权公告日判断"), *IPAsset.Status.choices], required=False
    )
    owners = forms.CharField(label="专利权人（申请人）", max_length=300, required=False)
    inventors = forms.CharField(label="发明人（设计人）", max_length=300, required=False)
    publication_number = forms.CharField(label="公开（公告）号", max_length=40, required=False)
    classification = forms.CharField(label="分类号", max_length=40, required=False)
    relation = forms.CharField(label="与项目的关系", max_length=120, required=False)
    MAIN = ("number_raw", "asset_type", "title", "filed_on", "granted_on")
    MORE = ("status", "owners", "inventors", "publication_number", "classification", "relation", "country")

    def __init__(self, *args: Any, ordinal: int, scope: Scope, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ordinal = ordinal
        self.is_more_wrong = False
        for name, one in self.fields.items():
            one.widget.attrs["class"] = "form-select" if isinstance(one, forms.ChoiceField) else "form-control"
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
        status = cleaned.get("status") or (IPAsset.Status.GRANTED if granted else IPAsset.Status.FILED)
        values = {name: cleaned.get(name) or "" for name in ("number_raw", "title", *self.MORE)}
        return {
            **values,
            "asset_type": cleaned.get("asset_type") or IPAsset.Kind.INVENTION,
            "filed_on": cleaned.get("filed_on"),
            "granted_on": granted,
            "status": IPAsset.Status.GRANTED if granted and status in BEFORE_GRANT else status,
            "country": (cleaned.get("country") or "CN").upper(),
        }


@dataclass
class Row:
    """A row as the page shows it: its form, what is wrong and what is doubtful."""

    key: int
    form: PatentForm
    is_core: bool = False
    pk: int | None = None
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    @property
    def ordinal(self) -> int:
        return self.form.ordinal

    @property
    def wrong_columns(self) -> set[str]:
        return {{"number": "number_raw"}.get(one.column, one.column) for one in self.faults}


class PatentTable:
    """All rows, from the database or from a posted page."""

    def __init__(self, entry: Entry, assets: list[IPAsset], scope: Scope, today: date) -> None:
        self.entry, self.assets, self.scope, self.today = entry, assets, scope, today
        self.rows: list[Row] = []

    def show(self, blank: int = 0, owners: str = "") -> PatentTable:
        """The stored rows with their findings, and `blank` empty ones that name `owners` as the holder."""
        for index, asset in enumerate(self.assets):
            initial = {**{name: getattr(asset, name) for name in PatentForm.base_fields if name != "id"}, "id": asset.pk}
            self.rows.append(Row(index, self._form(index, initial=initial, is_new=False), asset.is_core))
        for index in range(len(self.rows), len(self.rows) + blank):
            self.rows.append(Row(index, self._form(index, initial={"owners": owners, "country": "CN"}, is_new=True)))
        self._judge(self.assets)
        return self

    def read(self, data: Mapping[str, Any], *, without: int | None = None) -> PatentTable:
        """The posted rows in the order of the page. Empty new rows are passed over, and so is the one keyed `without`; a
        row that is no longer stored (a colleague removed it) counts as new."""
        stored = {asset.pk: (order, asset) for order, asset in enumerate(self.assets, start=1)}
        core = str(data.get("core", ""))
        for key in [int(match[1]) for match in map(ROW_KEY.fullmatch, data) if match]:
            pk = data.get(f"p-{key}-id") or ""
            order, asset = stored.get(int(pk), (0, None)) if str(pk).isdigit() else (0, None)
            if key == without or (asset is None and not _is_typed(data, key)):
                continue
            initial = {name: getattr(asset, name) for name in PatentForm.base_fields if name != "id"} if asset else {}
            form = self._form(key, data=data, initial=initial, ordinal=order or len(self.rows) + 1, is_new=asset is None)
            form.is_valid()
            is_core = asset.is_core if asset and not self.scope.allows("assets") else core == str(key)
            self.rows.append(Row(key, form, is_core, asset.pk if asset else None))
        self._judge([IPAsset(**row.form.values()) for row in self.rows])
        return self

    def values(self) -> list[dict[str, Any]]:
        """Rows as `save_assets` takes them."""
        return [
            {**row.form.values(), "id": row.pk, "is_core": row.is_core} for row in self.rows
        ]

    def moved(self, key: int, step: int) -> PatentTable:
        """The table with the row keyed `key` one place up (-1) or down (+1)."""
        place = next((index for index, row in enumerate(self.rows) if row.key == key), None)
        if place is not None and 0 <= place + step < len(self.rows):
            self.rows[place], self.rows[place + step] = self.rows[place + step], self.rows[place]
        return self

    @property
    def has_lost_text(self) -> bool:
        """Whether something typed cannot be stored, so that the page must be shown as it was typed."""
        return any(row.form.errors or any(one.column == "granted_on" for one in row.faults) for row in self.rows)

    @property
    def fault_count(self) -> int:
        return sum(len(row.faults) for row in self.rows)

    def errors(self) -> list[dict[str, str]]:
        """For the summary on top: each fault with its row and the id of its control."""
        return [
            {
                "anchor": f"id_p-{row.key}-{ {'number': 'number_raw'}.get(one.column, one.column) }",
                "message": f"第 {place} 件：{one.message}",
            }
            for place, row in enumerate(self.rows, start=1)
            for one in row.faults
        ]

    def _judge(self, assets: list[IPAsset]) -> None:
        for row, findings in zip(self.rows, check_rows(assets, self.today), strict=False):
            typed = [Finding(name, str(text)) for name, texts in row.form.errors.items() for text in texts]
            row.faults = [*findings.faults, *typed]
            row.warnings = findings.warnings
            row.form.mark(row.wrong_columns)

    def _form(self, key: int, *, is_new: bool, ordinal: int | None = None, **options: Any) -> PatentForm:
        return PatentForm(
            prefix=f"p-{key}", ordinal=ordinal or key + 1, scope=self.scope, is_new=is_new, **options
        )


def _is_typed(data: Mapping[str, Any], key: int) -> bool:
    return any(str(data.get(f"p-{key}-{name}", "")).strip() for name in TYPED)
