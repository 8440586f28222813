"""The queue of the formality examination."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.organisation import DISTRICTS
from competitions.queries.access import get_edition_for
from competitions.queries.schedule import find_stage, view_stage
from core import clock
from entries.forms.formality import EntryFilterForm
from entries.queries.entry_list import (
    bucket_counts,
    days_waiting,
    examiner_loads,
    listed_entries,
    narrowed,
    ordered,
)
from entries.views.organizer.reach import bucket_toggles, page_of


@login_required
@require_safe
def formality_queue(request: HttpRequest, slug: str) -> HttpResponse:
    """Entries that wait, are being corrected or have been decided, with the work of each examiner."""
    edition, at = get_edition_for(request.user, slug, to="entries.examine_entry"), clock.now()
    loads = examiner_loads(edition)
    form = EntryFilterForm(request.GET, edition=edition, loads=loads, sort="waiting", bucket="waiting")
    values, counts = form.values(), bucket_counts(edition)
    stage = find_stage(edition, "formality")
    page = page_of(request, ordered(narrowed(listed_entries(edition), values), values["sort"]))
    context = {
        "edition": edition,
        "at": at,
        "form": form,
        "values": values,
        "page_obj": page,
        "rows": [(entry, days_waiting(entry, at)) for entry in page],
        "districts": dict(DISTRICTS),
        "loads": loads,
        "counts": counts,
        "done": counts["accepted"] + counts["rejected"],
        "toggles": bucket_toggles(edition, counts, values["bucket"]),
        "stage": view_stage(stage, at) if stage else None,
    }
    return render(request, "entries/organizer/queue.html", context)
