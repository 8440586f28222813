"""Reading one file of an entry: as a download, or shown on a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.files import private_file
from core.files.show import shown_as
from entries.exports.cover import COVERS, cover_variant
from entries.queries.access import get_entry_for
from entries.queries.attachment import get_attachment_for


@login_required
@require_safe
def download(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The file as an attachment, to whoever may see its entry; never shown inline, never guessed at by the browser."""
    found = get_attachment_for(request.user, public_id, to="entries.view_entry")
    return private_file(
        request, found.file, name=found.original_name, media_type=found.media_type, sha256=found.sha256
    )


@login_required
@require_safe
def cover(request: SignedInRequest, public_id: str, shape: str) -> HttpResponse:
    """The cover as a list will show it, before anybody else sees it."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    if not entry.cover or shape not in COVERS:
        raise Http404
    try:
        response = HttpResponse(cover_variant(entry, shape), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def show(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A page with the PDF, the picture or the film; other kinds are for download only (404)."""
    found = get_attachment_for(request.user, public_id, to="entries.view_entry")
    manner = shown_as(found.media_type)
    if not manner:
        raise Http404
    context = {
        "attachment": found,
        "entry": found.entry,
        "manner": manner,
        "file_url": reverse("entries:attachment-download", args=[found.public_id]),
    }
    return render(request, "entries/file_view.html", context)
