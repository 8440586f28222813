"""The forms of the import: a file or a pasted text, which column is which, and cells to mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from core.table_import import MAX_BYTES, Line, read_pasted, read_table
from entries.actions.assets import MAX_ROWS
from entries.models import AssetSheet
from entries.pure.sheet_columns import HEADINGS

CELL_KEY = re.compile(r"cell-(\d{1,6})-([a-z_]{3,24})")
MAX_TYPED = 2_000


class SheetForm(forms.Form):
    """A file, or what was copied from a spreadsheet; the file counts when both are there."""

    sheet = forms.FileField(label="XLSX 或 CSV 文件", required=False, allow_empty_file=True)
    pasted = forms.CharField(
        label="从 Excel 或 WPS 复制后粘贴", required=False, max_length=MAX_BYTES, strip=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("sheet") and not (cleaned.get("pasted") or "").strip():
            self.add_error("sheet", "请先选择表格文件，或把表格内容粘贴进来。")
        return cleaned

    def read(self) -> tuple[str, list[list[Line]]]:
        """(name, sheets); refuses as core.table_import does."""
        upload = self.cleaned_data.get("sheet")
        if upload is None:
            return "粘贴的内容", read_pasted(self.cleaned_data["pasted"], max_rows=MAX_ROWS)
        content = upload.read() if upload.size <= MAX_BYTES else b"\0" * (MAX_BYTES + 1)
        return upload.name[-200:], read_table(content, upload.name[-60:], max_rows=MAX_ROWS)


def typed_cells(data: Mapping[str, Any]) -> dict[tuple[int, str], str]:
    """The mended cells of a posted page: (number of the row, column) → text."""
    matches = [(match, data[match[0]]) for match in map(CELL_KEY.fullmatch, data) if match]
    return {(int(match[1]), match[2]): str(text).replace("\0", "")[:MAX_TYPED] for match, text in matches}


def typed_mapping(data: Mapping[str, Any], sheet: AssetSheet) -> list[str]:
    """The column chosen for each column of the sheet."""
    return [str(data.get(f"column-{place}", "")) for place in range(len(sheet.mapping))]


def column_choices(sheet: AssetSheet) -> list[dict[str, Any]]:
    """For each column of the sheet: its heading, what stands in it, and the columns it can be."""
    found = []
    for place, column in enumerate(sheet.mapping):
        heading = sheet.header[place] if place < len(sheet.header) else ""
        samples = [raw["c"][place] for raw in sheet.rows if place < len(raw["c"]) and raw["c"][place]][:2]
        if heading or samples:
            found.append(
                {
                    "place": place,
                    "heading": heading or f"第 {place + 1} 列",
                    "samples": [one[:40] for one in samples],
                    "column": column,
                    "choices": [("", "不导入"), *HEADINGS.items()],
                }
            )
    return found
