"""The patent list of a page: one form a row shown, all others as they are stored.

A long list is shown fifty rows at a time (`Window`). A posted page names the stored rows it showed (`shown`); the others
stay as they are, and what was posted takes the places of those shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entries.actions.assets import COLUMNS
from entries.forms.patents import PatentForm
from entries.models import Attachment, IPAsset
from entries.queries.asset_check import Finding, check_rows
from entries.queries.completeness import core_faults
from entries.queries.dossier import Dossier
from entries.queries.editing import Scope
from entries.queries.patent_window import Window, pages

ROW_KEY = re.compile(r"p-(\d{1,4})-id")
TYPED = ("number_raw", "title", "filed_on", "granted_on", "publication_number", "inventors", "classification", "family")
CONTROLS = {"number": "number_raw"}


@dataclass
class Row:
    """A row of the list: its form when the page shows it, else the stored patent; what is wrong and what is doubtful."""

    key: int
    form: PatentForm | None = None
    asset: IPAsset | None = None
    is_core: bool = False
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    place: int = 0

    @property
    def pk(self) -> int | None:
        return self.asset.pk if self.asset else None

    @property
    def certificate(self) -> Attachment | None:
        return self.asset.certificate if self.asset else None

    @property
    def wrong_columns(self) -> set[str]:
        return {CONTROLS.get(one.column, one.column) for one in self.faults}

    def values(self) -> dict[str, Any]:
        """What `save_assets` takes, without id and core."""
        if self.form is not None:
            return self.form.values()
        return {name: getattr(self.asset, name) for name in COLUMNS if name != "is_core"}


class PatentTable:
    """All rows, from the database or from a posted page."""

    def __init__(self, dossier: Dossier, scope: Scope, today: date) -> None:
        self.assets, self.rules, self.scope, self.today = dossier.assets, dossier.rules, scope, today
        self.window, self.found = Window(), 0
        self.rows: list[Row] = []

    def show(self, window: Window, blank: int = 0, owners: str = "") -> PatentTable:
        """The stored rows with their findings, those of `window` as forms, and `blank` empty ones at the end that name
        `owners` as the holder."""
        self.rows = [Row(index, asset=asset, is_core=asset.is_core) for index, asset in enumerate(self.assets)]
        self._judge(self.assets)
        wanted = [row for row in self.rows if window.wants(row.asset, has_fault=bool(row.faults))]
        self.found, self.window = len(wanted), window.turned(min(window.page, pages(len(wanted))))
        for row in self.window.cut(wanted):
            initial = {**_initial(row.asset), "id": row.pk}
            row.form = self._form(row.key, initial=initial, is_new=False)
            row.form.mark(row.wrong_columns)
        for index in range(len(self.rows), len(self.rows) + blank):
            form = self._form(index, initial={"owners": owners, "country": "CN"}, is_new=True)
            self.rows.append(Row(index, form, place=index + 1))
        return self

    def read(self, data: Mapping[str, Any], *, without: int | None = None) -> PatentTable:
        """The posted rows in the order of the page, among those it did not show. Empty new rows are passed over, and so is
        the one keyed `without`; a row that is no longer stored (a colleague removed it) counts as new."""
        self.window = Window.read(data)
        stored = {asset.pk: (order, asset) for order, asset in enumerate(self.assets, start=1)}
        core, posted = str(data.get("core", "")), []
        for key in [int(match[1]) for match in map(ROW_KEY.fullmatch, data) if match]:
            pk = data.get(f"p-{key}-id") or ""
            order, asset = stored.get(int(pk), (0, None)) if str(pk).isdigit() else (0, None)
            if key == without or (asset is None and not _is_typed(data, key)):
                continue
            form = self._form(key, data=data, initial=_initial(asset), ordinal=order or len(self.assets) + 1, is_new=asset is None)
            form.is_valid()
            is_core = asset.is_core if asset and not self.scope.allows("assets") else core == str(key)
            posted.append(Row(key, form, asset, is_core))
        self.rows = list(self._among_stored(posted, _shown(data, stored)))
        self.found = len(self.shown if self.window.is_narrowed else self.rows)
        if any(row.is_core and row.form for row in self.rows):
            for row in self.rows:
                row.is_core = row.is_core and row.form is not None
        self._judge([IPAsset(**row.values()) if row.form else row.asset or IPAsset() for row in self.rows])
        for row in self.shown:
            row.form.mark(row.wrong_columns)
        return self

    @property
    def shown(self) -> list[Any]:
        """The rows the page shows, each with a form."""
        return [row for row in self.rows if row.form is not None]

    @property
    def shown_ids(self) -> str:
        """The stored ones among them, for the page to carry."""
        return ",".join(str(row.pk) for row in self.shown if row.pk)

    @property
    def pages(self) -> range:
        return range(1, pages(self.found) + 1)

    @property
    def first_place(self) -> int | None:
        """The place of the first row shown where they follow one another; None where they were picked out."""
        return None if self.window.is_narrowed else next((row.place for row in self.shown), 1)

    @property
    def is_last_page(self) -> bool:
        """Whether a row added at the end of the page stands at the end of the list."""
        return not self.window.is_narrowed and self.window.page >= len(self.pages)

    def values(self) -> list[dict[str, Any]]:
        """Rows as `save_assets` takes them."""
        return [{**row.values(), "id": row.pk, "is_core": row.is_core} for row in self.rows]

    def moved(self, key: int, step: int) -> PatentTable:
        """The table with the shown row keyed `key` one place up (-1) or down (+1)."""
        place = next((index for index, row in enumerate(self.rows) if row.form and row.key == key), None)
        if place is not None and 0 <= place + step < len(self.rows):
            self.rows[place], self.rows[place + step] = self.rows[place + step], self.rows[place]
        return self

    @property
    def has_lost_text(self) -> bool:
        """Whether something typed cannot be stored, so that the page must be shown as it was typed."""
        return any(row.form.errors or any(one.column == "granted_on" for one in row.faults) for row in self.shown)

    def eligible(self) -> list[int]:
        """The places of the stored patents that could be the core."""
        return [place for place, one in enumerate(self.assets, start=1) if not list(core_faults(self.rules, one))]

    @property
    def fault_count(self) -> int:
        return sum(len(row.faults) for row in self.rows)

    def errors(self) -> list[dict[str, str]]:
        """For the summary on top: each fault with its row and the id of its control, with the page it stands on."""
        return [
            {
                "page": "" if row.form else Window.of_place(row.place).query,
                "anchor": f"id_p-{row.key}-{CONTROLS.get(one.column, one.column)}",
                "message": f"第 {row.place} 件：{one.message}",
            }
            for row in self.rows
            for one in row.faults
        ]

    def _among_stored(self, posted: list[Row], shown: set[int]) -> Iterator[Row]:
        """The whole list: posted rows that are stored take the places of those shown, in the order of the page, each
        followed by the new ones that stand behind it; of the others shown the person has removed."""
        here, waiting = {row.pk for row in posted if row.asset}, iter(posted)
        pending = next(waiting, None)

        def new_ones() -> Iterator[Row]:
            nonlocal pending
            while pending is not None and pending.asset is None:
                yield pending
                pending = next(waiting, None)

        for index, asset in enumerate(self.assets):
            if asset.pk in here:
                yield from new_ones()
                assert pending is not None  # as many places as rows that stand in them
                yield pending
                pending = next(waiting, None)
                yield from new_ones()
            elif asset.pk not in shown:
                yield Row(index, asset=asset, is_core=asset.is_core)
        yield from new_ones()

    def _judge(self, assets: list[IPAsset]) -> None:
        for place, (row, findings, asset) in enumerate(zip(self.rows, check_rows(assets, self.today), assets, strict=True), start=1):
            errors = row.form.errors.items() if row.form else ()
            typed = [Finding(name, str(text)) for name, texts in errors for text in texts]
            row.place = place
            row.faults = [*findings.faults, *typed]
            row.warnings = [*findings.warnings, *(self._core(asset) if row.is_core else [])]

    def _core(self, asset: IPAsset) -> list[Finding]:
        """What the chosen core patent lacks by the rules of the edition; it can still be mended, or another chosen."""
        return [Finding(column, text) for column, text in core_faults(self.rules, asset)]

    def _form(self, key: int, *, is_new: bool, ordinal: int | None = None, **options: Any) -> PatentForm:
        return PatentForm(prefix=f"p-{key}", ordinal=ordinal or key + 1, scope=self.scope, is_new=is_new, **options)


def _initial(asset: IPAsset | None) -> dict[str, Any]:
    return {name: getattr(asset, name) for name in PatentForm.base_fields if name != "id"} if asset else {}


def _shown(data: Mapping[str, Any], stored: Mapping[int, object]) -> set[int]:
    """Primary keys of the rows the page showed; all of them where it does not say."""
    if "shown" not in data:
        return set(stored)
    return {int(one) for one in str(data["shown"]).split(",") if one.isascii() and one.isdigit()}


def _is_typed(data: Mapping[str, Any], key: int) -> bool:
    return any(str(data.get(f"p-{key}-{name}", "")).strip() for name in TYPED)
