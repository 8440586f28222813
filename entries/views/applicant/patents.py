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
from entries.forms.patents import PatentForm, PatentTable
from entries.models import Entry, IPAsset
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import edit_scope
from entries.queries.steps import STEPS
from entries.views.applicant.frame import frame
from entries.views.applicant.saving import Difference, Save, answer

STEP = "patents"


def patents_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """The table; rows are added, removed and moved by buttons that save what was typed on the way."""
    dossier = open_dossier(entry)
    table = PatentTable(entry, dossier.assets, edit_scope(entry), clock.local_day(at))
    if request.method != "POST":
        blank = 1 if "blank" in request.GET or not dossier.assets else 0
        owners = "、".join(one.organisation.name for one in dossier.applicants)[:300]
        may_add = table.scope.allows("assets")
        return _page(request, dossier, table.show(blank if may_add else 0, owners), at)
    verb, _, key = request.POST.get("action", "").partition(":")
    place = int(key) if key.isascii() and key.isdigit() else None
    table.read(request.POST, without=place if verb == "delete" else None)
    if place is not None and verb in ("up", "down"):
        table.moved(place, -1 if verb == "up" else 1)
    return answer(request, entry, _save(request, dossier, table, verb, at), at=at)


def _save(request: SignedInRequest, dossier: Dossier, table: PatentTable, verb: str, at: datetime) -> Save:
    entry = dossier.entry
    return Save(
        step=STEP,
        run=lambda version: save_assets(
            entry=entry, version=version, rows=table.values(), actor=request.user, at=at
        ),
        page=lambda: _page(request, _fresh(entry), table, at),
        compare=lambda: _compare(_fresh(entry), table),
        fault_count=table.fault_count,
        keeps_text=table.has_lost_text,
        extra=lambda: _rows_saved(entry, table),
        stay="?blank=1#patents-end" if verb == "add" else "",
    )


def _fresh(entry: Entry) -> Dossier:
    return open_dossier(Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk))


def _rows_saved(entry: Entry, table: PatentTable) -> dict[str, Any]:
    """For the script: the id each row got, and the sentences that belong under it."""
    ids = list(entry.assets.values_list("pk", flat=True))
    rows = [
        {
            "key": row.key,
            "id": pk,
            "wrong": sorted(row.wrong_columns),
            "faults": [one.message for one in row.faults],
            "warnings": [one.message for one in row.warnings],
        }
        for row, pk in zip(table.rows, ids, strict=False)
    ]
    return {"rows": rows}


def _compare(dossier: Dossier, table: PatentTable) -> list[Difference]:
    mine = [_line(row.form.values(), row.is_core) for row in table.rows]
    theirs = [_line({name: getattr(one, name) for name in PatentForm.base_fields if name != "id"}, one.is_core) for one in dossier.assets]
    longest = max(len(mine), len(theirs))
    pairs = zip(mine + ["—"] * (longest - len(mine)), theirs + ["—"] * (longest - len(theirs)), strict=True)
    return [
        Difference(f"第 {place} 件", own, other) for place, (own, other) in enumerate(pairs, start=1) if own != other
    ]


def _line(values: dict[str, Any], is_core: bool) -> str:
    kind = dict(IPAsset.Kind.choices)[values["asset_type"]]
    dates = [f"{name} {values[key]}" for name, key in (("申请日", "filed_on"), ("授权", "granted_on")) if values[key]]
    parts = [values["number_raw"] or "（无号）", kind, values["title"] or "（无名称）", *dates]
    return "，".join([*parts, values["owners"], *(["核心"] if is_core else [])])


def _page(request: SignedInRequest, dossier: Dossier, table: PatentTable, at: datetime) -> HttpResponse:
    kinds = Counter(str(one.get_asset_type_display()) for one in dossier.assets)
    template_row = PatentForm(prefix="p-__key__", ordinal=0, scope=table.scope, is_new=True)
    template_row.initial = {"owners": "、".join(one.organisation.name for one in dossier.applicants)[:300], "country": "CN"}
    context = {
        **frame(dossier, STEP, at),
        "table": table,
        "kinds": kinds.most_common(),
        "errors": table.errors(),
        "may_change_rows": table.scope.allows("assets"),
        "template_row": template_row,
        "next_label": f"下一步：{STEPS['files']}",
    }
    return render(request, "entries/applicant/patents.html", context)
