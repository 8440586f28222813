"""Files of before: what was replaced or removed after it had been submitted."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.files import private_file
from entries.queries.attachment import get_retired_for


@login_required
@require_safe
def old_file(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """An earlier version, as a download, for staff of the edition."""
    found = get_retired_for(request.user, public_id, to="entries.list_entries")
    if found.entry.edition.slug != slug:
        raise Http404
    return private_file(
        request, found.file, name=found.original_name, media_type=found.media_type, sha256=found.sha256
    )
