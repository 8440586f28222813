"""The step 附件材料, and the files themselves."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from entries import states
from entries.actions.attachment import attach_file, remove_file
from entries.forms.review import UploadForm
from entries.models import Attachment, Entry
from entries.queries.access import get_entry_for
from entries.queries.attachment import ACCEPTED, accept_attribute, get_attachment_for, size_limit
from entries.queries.completeness import required_files
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope, refuse_edit
from entries.views.applicant.frame import frame

STEP = "files"


def files_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Each kind of file with what is there and a field to upload one. Uploads have their own address."""
    if request.method == "POST":
        return redirect(*_after_files(entry, request.POST.get("action", "next")))
    return _page(request, entry, at)


@login_required
@require_POST
def upload(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Takes one file. The script gets JSON; without it the page comes back with the file listed or the reason."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    form = UploadForm(request.POST, request.FILES)
    wants_json = request.headers.get("X-Upload") == "1"
    if not form.is_valid():
        text = str(next(iter(form.errors.values()))[0])
        return JsonResponse({"message": text}, status=422) if wants_json else _page(request, entry, at, text, 422)
    kind = form.cleaned_data["kind"]
    try:
        attached = attach_file(entry=entry, kind=kind, upload=form.cleaned_data["file"], actor=request.user, at=at)
    except Refusal as refusal:
        if wants_json:
            return JsonResponse({"message": refusal.text}, status=refusal.status)
        return _page(request, entry, at, refusal.text, refusal.status)
    address = reverse("entries:register-step", args=[entry.public_id, STEP]) + f"#file-{kind}"
    messages.success(request, f"已上传“{attached.original_name}”。")
    return JsonResponse({"url": address}) if wants_json else redirect(address)


@login_required
@require_safe
def download(request: SignedInRequest, public_id: str) -> FileResponse:
    """The file as an attachment, to whoever may see its entry; never shown inline, never guessed at by the browser."""
    attachment = get_attachment_for(request.user, public_id, to="entries.view_entry")
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.original_name,
        content_type=attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks once, then takes the file out."""
    attachment = get_attachment_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    step = reverse("entries:register-step", args=[attachment.entry.public_id, STEP])
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


def _after_files(entry: Entry, action: str) -> tuple[str, ...]:
    if entry.state != states.DRAFT:
        return ("entries:my-entry", entry.public_id)
    return ("entries:register-step", entry.public_id, STEP if action == "save" else "review")


def _page(request: SignedInRequest, entry: Entry, at: datetime, fault: str = "", status: int = 200) -> HttpResponse:
    dossier = open_dossier(entry)
    scope = edit_scope(entry)
    needed = required_files(dossier)
    sections = [
        {
            "kind": kind.value,
            "label": kind.label,
            "required": kind in needed,
            "hint": f"{'、'.join(one.upper() for one in ACCEPTED[kind])}，单个不超过 {size_limit(kind) // 1024**2} MB",
            "accept": accept_attribute(kind),
            "files": [one for one in dossier.files if one.kind == kind],
            "is_open": scope.allows(f"file.{kind.value}"),
            "fault": fault if request.POST.get("kind") == kind.value else "",
        }
        for kind in Attachment.Kind
    ]
    context = {
        **frame(dossier, STEP, at),
        "has_own_forms": True,
        "sections": sections,
        "fault": fault,
        "total": sum(one.size for one in dossier.files),
        "total_limit": settings.ATTACHMENT_TOTAL_LIMIT,
    }
    return render(request, "entries/applicant/files.html", context, status=status)
