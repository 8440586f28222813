"""Patents from a spreadsheet and back: read it, look at it, mend it, take it; and the list as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from core.files import MEDIA_TYPES, XLSX
from core.table_export import TABLE_FORMATS, write_table
from entries.actions.asset_sheet import drop_sheet, import_sheet, keep_sheet, map_sheet, mend_sheet
from entries.exports.asset_list import asset_list
from entries.exports.asset_sheet import faulty_rows, sheet_template
from entries.forms.asset_sheet import SheetForm, column_choices, typed_cells, typed_mapping
from entries.models import AssetSheet, Entry
from entries.pure.sheet_columns import HEADINGS
from entries.queries.access import get_entry_for
from entries.queries.asset_sheet import judge_sheet, sheet_of
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_refusal
from entries.views.applicant.frame import frame
from entries.views.applicant.patents import show_patents

STEP = "patents"
SHOWN = 50  # good rows listed on the page before “查看全部”
TYPES = {"xlsx": MEDIA_TYPES[XLSX], "csv": "text/csv; charset=utf-8"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def patents_import(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was read and what is wrong with it; nothing is in the list before the button says so."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    refusal = edit_refusal(entry, at)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.text)
        return redirect("entries:my-entry", entry.public_id)
    if request.method == "POST" and request.POST.get("action", "read") == "read":
        return _take_in(request, entry, at)
    sheet = sheet_of(entry.pk, request.user.pk)
    posted = request.POST.get("sheet")
    if sheet is None or (request.method == "POST" and posted != sheet.public_id):
        if request.method == "POST":
            messages.info(request, "这份表格已经导入、取消或换成了另一份，没有再次导入。")
        return redirect(_step(entry))
    sheet.entry = entry
    return _act(request, sheet, at) if request.method == "POST" else _page(request, sheet, at)


@login_required
@require_safe
def patents_template(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The empty template; `?format=csv` for one without a spreadsheet program."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    return _file(sheet_template(kind, clock.now()), f"{entry.edition.slug}-patents.{kind}", TYPES[kind])


@login_required
@require_safe
def patents_file(request: SignedInRequest, public_id: str, fmt: str) -> HttpResponse:
    """The patent list as it stands, as XLSX, CSV or JSON."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    if fmt not in TABLE_FORMATS:
        raise Http404
    return _file(write_table(asset_list(entry), fmt, at=clock.now()), f"{entry.edition.slug}-{entry.public_id}-patents.{fmt}", TABLE_FORMATS[fmt])


@login_required
@require_safe
def patents_faults(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The rows that cannot be taken, with the cells at fault marked."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    sheet = sheet_of(entry.pk, request.user.pk)
    if sheet is None:
        return redirect(_step(entry))
    at = clock.now()
    judged = judge_sheet(sheet, open_dossier(entry), clock.local_day(at))
    return _file(faulty_rows(sheet, judged, at), f"{entry.edition.slug}-patents-to-mend.xlsx", TYPES["xlsx"])


def _take_in(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Reads a file or a pasted text; what cannot be read is said on the step, which keeps everything as it was."""
    form = SheetForm(request.POST, request.FILES)
    fault = ""
    if form.is_valid():
        try:
            name, sheets = form.read()
            keep_sheet(entry=entry, name=name, sheets=sheets, actor=request.user, at=at)
            return redirect("entries:patents-import", entry.public_id)
        except Refusal as refusal:
            fault = refusal.text
    else:
        fault = str(next(iter(form.errors.values()))[0])
    if edit_refusal(entry, at) is not None:
        messages.error(request, fault)
        return redirect("entries:my-entry", entry.public_id)
    return show_patents(request, entry, at, fault=fault, pasted=request.POST.get("pasted", ""))


def _act(request: SignedInRequest, sheet: AssetSheet, at: datetime) -> HttpResponse:
    action, person = request.POST["action"], request.user
    if action == "cancel":
        drop_sheet(sheet=sheet, actor=person, at=at)
        messages.info(request, "已取消导入，专利清单没有改动。")
        return redirect(_step(sheet.entry))
    try:
        if action == "map":
            map_sheet(sheet=sheet, mapping=typed_mapping(request.POST, sheet), actor=person, at=at)
        elif action in ("mend", "import"):
            sheet = mend_sheet(sheet=sheet, cells=typed_cells(request.POST), actor=person, at=at)
        if action == "import":
            return _import(request, sheet, at)
    except Refusal as refusal:
        return _page(request, sheet, at, fault=refusal.text, status=refusal.status)
    return redirect("entries:patents-import", sheet.entry.public_id)


def _import(request: SignedInRequest, sheet: AssetSheet, at: datetime) -> HttpResponse:
    added = import_sheet(sheet=sheet, actor=request.user, at=at)
    left = sheet_of(sheet.entry_id, request.user.pk)
    if left is None:
        messages.success(request, f"已导入 {len(added)} 件专利。")
        return redirect(_step(sheet.entry))
    messages.success(request, f"已导入 {len(added)} 件，还有 {len(left.rows)} 行有错，改好后继续导入。")
    return redirect("entries:patents-import", sheet.entry.public_id)


def _page(request: SignedInRequest, sheet: AssetSheet, at: datetime, fault: str = "", status: int = 200) -> HttpResponse:
    dossier = open_dossier(sheet.entry)
    judged = judge_sheet(sheet, dossier, clock.local_day(at))
    shown = None if "all" in request.GET else SHOWN
    context: dict[str, Any] = {
        **frame(dossier, STEP, at),
        "has_own_forms": True,
        "sheet": sheet,
        "judged": judged,
        "faulty": [_faulty(row) for row in judged.faulty],
        "good": judged.good[:shown],
        "columns": column_choices(sheet),
        "is_mapped": "number_raw" in sheet.mapping,
        "fault": fault,
        "errors": [
            {"anchor": f"id_cell-{row.number}-{column}", "message": f"表格第 {row.number} 行：{texts[0]}"}
            for row in judged.faulty
            for column, texts in row.wrong.items()
        ],
    }
    return render(request, "entries/applicant/sheet.html", context, status=status)


def _faulty(row: Any) -> dict[str, Any]:
    """A row with its cells at fault as fields, and the others to tell which row it is."""
    wrong = [
        {"column": column, "label": HEADINGS[column], "text": row.cells.get(column, ""), "messages": texts}
        for column, texts in row.wrong.items()
    ]
    told = [text for column, text in row.cells.items() if column in ("number_raw", "title", "filed_on") and column not in row.wrong]
    return {"number": row.number, "wrong": wrong, "told": "，".join(text for text in told if text)}


def _step(entry: Entry) -> str:
    return reverse("entries:register-step", args=[entry.public_id, STEP])


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
