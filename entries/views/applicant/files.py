"""The step 附件材料: files come in, give way to others, and go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from core.uploads.session import unfinished
from entries import states
from entries.actions.attachment import attach_file, remove_file, replace_file
from entries.actions.cover import describe_cover
from entries.exports.cover import COVERS
from entries.forms.review import CoverAltForm, FileForm, UploadForm
from entries.models import Attachment, Entry
from entries.queries.access import get_entry_for
from entries.queries.attachment import COVER_SIZE, accept_attribute, get_attachment_for, kind_hint
from entries.queries.completeness import required_files
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope, refuse_edit
from entries.uploads import files_address
from entries.views.applicant.frame import frame

STEP = "files"


def files_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Each kind of file with what is there and a field to upload one. Uploads have their own address."""
    if request.POST.get("action") == "describe":
        return _describe(request, entry, at)
    if request.method == "POST":
        return redirect(*_after_files(entry, request.POST.get("action", "next")))
    return _page(request, entry, at)


@login_required
@require_POST
def upload(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Takes one file as a plain form; with scripts it comes in pieces (entries/uploads.py)."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, entry, at, str(next(iter(form.errors.values()))[0]), 422)
    kind = form.cleaned_data["kind"]
    try:
        attached = attach_file(entry=entry, kind=kind, upload=form.cleaned_data["file"], actor=request.user, at=at)
    except Refusal as refusal:
        return _page(request, entry, at, refusal.text, refusal.status)
    messages.success(request, f"已上传“{attached.original_name}”。")
    return redirect(files_address(entry, kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A page that takes the file which is to stand in place of this one."""
    attachment = get_attachment_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    if request.method != "POST":
        refuse_edit(attachment.entry, at)
        return _replace_page(request, attachment, at)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _replace_page(request, attachment, at, str(next(iter(form.errors.values()))[0]), 422)
    try:
        new = replace_file(attachment=attachment, upload=form.cleaned_data["file"], actor=request.user, at=at)
    except Refusal as refusal:
        return _replace_page(request, attachment, at, refusal.text, refusal.status)
    messages.success(request, f"已替换为“{new.original_name}”（第 {new.version} 版）。")
    return redirect(files_address(attachment.entry, attachment.kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks once, then takes the file out."""
    attachment = get_attachment_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    step = files_address(attachment.entry, attachment.kind)
    if request.method == "POST":
        remove_file(attachment=attachment, actor=request.user, at=at)
        messages.success(request, f"已删除“{attachment.original_name}”。")
        return redirect(step)
    refuse_edit(attachment.entry, at)
    context = {
        "entry": attachment.entry,
        "edition": attachment.entry.edition,
        "title": f"删除“{attachment.original_name}”？",
        "text": "删除后不能恢复，需要时请重新上传。",
        "action": request.path,
        "submit": "删除文件",
        "cancel": "保留",
        "cancel_url": step,
    }
    return render(request, "entries/applicant/confirm.html", context)


def _describe(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    form = CoverAltForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, at, status=422, cover_form=form)
    describe_cover(entry=entry, words=form.cleaned_data["cover_alt"], actor=request.user, at=at)
    messages.success(request, "封面说明已保存。")
    return redirect(files_address(entry, Attachment.Kind.COVER))


def _after_files(entry: Entry, action: str) -> tuple[str, ...]:
    if entry.state != states.DRAFT:
        return ("entries:my-entry", entry.public_id)
    return ("entries:register-step", entry.public_id, STEP if action == "save" else "review")


def _page(
    request: SignedInRequest,
    entry: Entry,
    at: datetime,
    fault: str = "",
    status: int = 200,
    cover_form: CoverAltForm | None = None,
) -> HttpResponse:
    dossier = open_dossier(entry)
    scope = edit_scope(entry)
    needed = required_files(dossier)
    forms = {one.kind: one for one in entry.edition.file_templates.all()}
    begun = list(unfinished(actor=request.user, purpose="entries.attachment", target=entry.public_id, at=at))
    sections = [
        {
            "kind": kind.value,
            "label": kind.label,
            "required": kind in needed,
            "form": forms.get(kind.value),
            "hint": kind_hint(kind),
            "accept": accept_attribute(kind),
            "files": [one for one in dossier.files if one.kind == kind],
            "is_open": scope.allows(f"file.{kind.value}"),
            "hidden": [{"name": "kind", "value": kind.value}],
            "pending": [one for one in begun if one.slot == kind],
            "fault": fault if request.POST.get("kind") == kind.value else "",
        }
        for kind in Attachment.Kind
    ]
    context = {
        **frame(dossier, STEP, at),
        "has_own_forms": True,
        "sections": [one for one in sections if one["kind"] != Attachment.Kind.COVER],
        "cover": next(one for one in sections if one["kind"] == Attachment.Kind.COVER),
        "cover_form": cover_form or CoverAltForm(initial={"cover_alt": entry.cover_alt}),
        "cover_shapes": [{"shape": shape, "width": w // 2, "height": h // 2} for shape, (w, h) in COVERS.items()],
        "cover_size": COVER_SIZE,
        "fault": fault,
        "total": sum(one.size for one in dossier.files),
        "total_limit": settings.ATTACHMENT_TOTAL_LIMIT,
        "upload_url": reverse("entries:attachment-upload", args=[entry.public_id]),
        "here": reverse("entries:register-step", args=[entry.public_id, STEP]),
    }
    return render(request, "entries/applicant/files.html", context, status=status)


def _replace_page(
    request: SignedInRequest, attachment: Attachment, at: datetime, fault: str = "", status: int = 200
) -> HttpResponse:
    entry = attachment.entry
    begun = unfinished(actor=request.user, purpose="entries.replacement", target=attachment.public_id, at=at)
    context: dict[str, Any] = {
        "entry": entry,
        "edition": entry.edition,
        "attachment": attachment,
        "is_kept": entry.submissions.exists(),
        "hint": kind_hint(attachment.kind),
        "accept": accept_attribute(attachment.kind),
        "pending": list(begun),
        "fault": fault,
        "back_url": files_address(entry, attachment.kind),
    }
    return render(request, "entries/applicant/file_replace.html", context, status=status)
