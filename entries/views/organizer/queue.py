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
from entries.forms.formality import AssignForm, EntryFilterForm
from entries.queries.assignment import unassigned_entries
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
    if values.get("overdue"):
        values["overdue"] = at
    may_manage = request.user.has_perm("entries.manage_entry", edition)
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
        "is_narrowed": any(values.get(name) for name in ("q", "group", "district", "industry", "examiner", "overdue")),
        "unassigned": unassigned_entries(edition).count() if may_manage else 0,
        "assign_form": AssignForm(people=[(one.examiner_id, one.name) for one in loads if one.may_examine]) if may_manage else None,
        "is_waiting": values["bucket"] == "waiting",
    }
    return render(request, "entries/organizer/queue.html", context)
