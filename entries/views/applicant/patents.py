"""The step 专利清单."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from core import clock
from entries.actions.assets import save_assets
from entries.forms.patent_table import PatentTable
from entries.forms.patents import PatentForm
from entries.models import Entry, IPAsset
from entries.queries.asset_sheet import default_owners, sheet_of
from entries.queries.completeness import core_conditions
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import edit_scope
from entries.queries.patent_window import Window, pages
from entries.queries.steps import STEPS
from entries.views.applicant.frame import frame
from entries.views.applicant.merging import ROWS, Difference, base_of
from entries.views.applicant.saving import Save, answer

STEP = "patents"
SUGGESTED = 12  # patents named as fit to be the core


def patents_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """The table; rows are added, removed and moved by buttons that save what was typed on the way."""
    if request.method != "POST":
        return show_patents(request, entry, at)
    dossier = open_dossier(entry)
    table = PatentTable(dossier, edit_scope(entry), clock.local_day(at))
    verb, _, key = request.POST.get("action", "").partition(":")
    place = int(key) if key.isascii() and key.isdigit() else None
    table.read(request.POST, without=place if verb == "delete" else None)
    if place is not None and verb in ("up", "down"):
        table.moved(place, -1 if verb == "up" else 1)
    window = table.window.turned(place) if verb == "page" and place else table.window.turned(1) if verb == "find" else table.window
    stay = "?blank=1#patents-end" if verb == "add" else f"{window.query}#patents" if verb in ("page", "find") else window.query
    return answer(request, entry, _save(request, dossier, table, stay, at), at=at)


def show_patents(request: SignedInRequest, entry: Entry, at: datetime, fault: str = "", pasted: str = "") -> HttpResponse:
    """The list as it is stored, fifty rows at a time; `fault` says why a spreadsheet was not read, `pasted` is given back
    to mend."""
    dossier = open_dossier(entry)
    table = PatentTable(dossier, edit_scope(entry), clock.local_day(at))
    blank = ("blank" in request.GET or not dossier.assets) and table.scope.allows("assets")
    window = Window(pages(len(dossier.assets))) if blank else Window.read(request.GET)
    page = _page(request, dossier, table.show(window, int(blank), default_owners(dossier)), at, import_fault=fault, pasted=pasted)
    page.status_code = 422 if fault else 200
    return page


def _save(request: SignedInRequest, dossier: Dossier, table: PatentTable, stay: str, at: datetime) -> Save:
    entry = dossier.entry
    return Save(
        step=STEP,
        run=lambda version, theirs: save_assets(
            entry=entry, version=version, rows=table.values(), actor=request.user, at=at
        ),
        page=lambda: _page(request, _fresh(entry), table, at),
        compare=lambda: _compare(_fresh(entry), table),
        mine=lambda: {ROWS: "\n".join(_mine(table))},
        stored=lambda: {ROWS: "\n".join(_theirs(_fresh(entry)))},
        fault_count=table.fault_count,
        keeps_text=table.has_lost_text,
        extra=lambda: _rows_saved(entry, table),
        stay=stay,
    )


def _fresh(entry: Entry) -> Dossier:
    return open_dossier(Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk))


def _rows_saved(entry: Entry, table: PatentTable) -> dict[str, Any]:
    """For the script: the id each row of the page got, and the sentences that belong under it."""
    saved = zip(table.rows, entry.assets.values_list("pk", flat=True), strict=False)
    shown = [(row, pk) for row, pk in saved if row.form]
    rows = [
        {
            "key": row.key,
            "id": pk,
            "wrong": sorted(row.wrong_columns),
            "faults": [one.message for one in row.faults],
            "warnings": [one.message for one in row.warnings],
        }
        for row, pk in shown
    ]
    return {"rows": rows, "shown": ",".join(str(pk) for _, pk in shown)}


def _mine(table: PatentTable) -> list[str]:
    return [_line(row.values(), row.is_core) for row in table.rows]


def _theirs(dossier: Dossier) -> list[str]:
    names = [name for name in PatentForm.base_fields if name != "id"]
    return [_line({name: getattr(one, name) for name in names}, one.is_core) for one in dossier.assets]


def _compare(dossier: Dossier, table: PatentTable) -> list[Difference]:
    mine, theirs = _mine(table), _theirs(dossier)
    longest = max(len(mine), len(theirs))
    pairs = zip(mine + ["—"] * (longest - len(mine)), theirs + ["—"] * (longest - len(theirs)), strict=True)
    return [
        Difference(f"第 {place} 件", own, other) for place, (own, other) in enumerate(pairs, start=1) if own != other
    ]


def _line(values: dict[str, Any], is_core: bool) -> str:
    kind = dict(IPAsset.Kind.choices)[values["asset_type"]]
    dates = [f"{name} {values[key]}" for name, key in (("申请日", "filed_on"), ("授权", "granted_on")) if values[key]]
    parts = [values["number_raw"] or "（无号）", kind, values["title"] or "（无名称）", *dates]
    more = [str(values[name]) for name in PatentForm.MORE if values[name] and name not in ("status", "country")]
    flags = [str(PatentForm.base_fields[name].label) for name in PatentForm.FLAGS if values[name]]
    status = dict(IPAsset.Status.choices).get(values["status"], "")
    return "，".join([*parts, status, *more, *flags, *(["核心"] if is_core else [])])


def _page(request: SignedInRequest, dossier: Dossier, table: PatentTable, at: datetime, **more: Any) -> HttpResponse:
    kinds = Counter(str(one.get_asset_type_display()) for one in dossier.assets)
    template_row = PatentForm(prefix="p-__key__", ordinal=0, scope=table.scope, is_new=True)
    template_row.initial = {"owners": default_owners(dossier), "country": "CN"}
    context = {
        **frame(dossier, STEP, at),
        "table": table,
        "base": base_of({ROWS: "\n".join(_theirs(dossier))}),
        "kinds": kinds.most_common(),
        "core_conditions": core_conditions(dossier.rules),
        "eligible": [] if any(row.is_core for row in table.rows) else table.eligible()[:SUGGESTED],
        "errors": table.errors(),
        "may_change_rows": table.scope.allows("assets"),
        "template_row": template_row,
        "next_label": f"下一步：{STEPS['files']}",
        "waiting": sheet_of(dossier.entry.pk, request.user.pk),
        **more,
    }
    return render(request, "entries/applicant/patents.html", context)
