"""The audit journal: page and file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_edition_for
from console.exports import journal_table
from console.forms import JournalFilter
from console.queries.journal import journal as journal_of
from console.queries.journal import narrowed, read, sealing
from core import clock
from core.audit.models import AuditEntry
from core.files.made import made_file
from core.table_export import TABLE_FORMATS, write_table
from results.actions.package import record_export

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
        "is_filtered": _is_filtered(form),
        "at": clock.now(),
    }
    return render(request, "console/journal.html", context)


@login_required
@require_safe
def journal_export(request: HttpRequest, slug: str, fmt: str) -> HttpResponse:
    """The acts the filters leave, as XLSX, CSV or JSON; who took them stands in the journal."""
    edition, at = get_edition_for(request.user, slug, to=SEE), clock.now()
    if fmt not in TABLE_FORMATS:
        raise Http404
    form, rows = _filtered(request, edition)
    is_part = _is_filtered(form)
    table = journal_table(edition, rows, is_part=is_part)
    data = write_table(table, fmt, at=at)
    record_export(edition=edition, what="journal", fmt=fmt, is_personal=False, is_part=is_part, actor=request.user, at=at)
    return made_file(data, TABLE_FORMATS[fmt], f"{table.title}.{fmt}")


def _is_filtered(form: forms.Form) -> bool:
    return any(form.data.get(name) for name in form.fields)


def _filtered(request: HttpRequest, edition: Edition) -> tuple[forms.Form, QuerySet[AuditEntry]]:
    form = JournalFilter(request.GET, edition=edition)
    rows = journal_of(edition)
    return form, narrowed(rows, edition, **form.cleaned_data) if form.is_valid() else rows.none()
