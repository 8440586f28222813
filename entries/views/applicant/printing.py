"""The entry on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import clock
from entries.exports.entry import entry_pdf
from entries.queries.access import get_entry_for
from entries.queries.dossier import open_dossier


@login_required
@require_safe
def entry_print(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The PDF as a download, to whoever may see the entry."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    response = HttpResponse(entry_pdf(open_dossier(entry), at=clock.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{entry.edition.slug}-{entry.code or entry.public_id}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
