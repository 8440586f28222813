"""The audit journal: page and spreadsheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_edition_for
from console.exports import journal_csv
from console.forms import JournalFilter
from console.queries.journal import journal as journal_of
from console.queries.journal import narrowed, read, sealing
from core import clock
from core.audit.models import AuditEntry

SEE = "competitions.view_journal"
PAGE = 50


@login_required
@require_safe
def journal(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what, when; each with its values before and after."""
    edition = get_edition_for(request.user, slug, to=SEE)
    form, rows = _filtered(request, edition)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "page": page,
        "lines": [read(entry) for entry in page],
        "sealing": sealing(edition),
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "at": clock.now(),
    }
    return render(request, "console/journal.html", context)


@login_required
@require_safe
def journal_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The acts the filters leave, as CSV."""
    edition = get_edition_for(request.user, slug, to=SEE)
    _, rows = _filtered(request, edition)
    headers = {"Content-Disposition": f'attachment; filename="{edition.slug}-journal.csv"'}
    return HttpResponse(journal_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _filtered(request: HttpRequest, edition: Edition) -> tuple[forms.Form, QuerySet[AuditEntry]]:
    form = JournalFilter(request.GET, edition=edition)
    rows = journal_of(edition)
    return form, narrowed(rows, edition, **form.cleaned_data) if form.is_valid() else rows.none()
