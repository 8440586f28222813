"""All entries of an edition."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.organisation import DISTRICTS
from competitions.queries.access import get_edition_for
from core import clock
from entries import states
from entries.forms.formality import EntryFilterForm
from entries.queries.entry_list import examiner_loads, listed_entries, narrowed, ordered, totals
from entries.views.organizer.reach import page_of


@login_required
@require_safe
def entry_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Searched, narrowed and sorted; the figures on top say what they count."""
    edition, at = get_edition_for(request.user, slug, to="entries.list_entries"), clock.now()
    form = EntryFilterForm(request.GET, edition=edition, loads=examiner_loads(edition), sort="newest")
    values, found = form.values(), totals(edition)
    if values.get("overdue"):
        values["overdue"] = at
    context = {
        "edition": edition,
        "at": at,
        "form": form,
        "values": values,
        "is_narrowed": any(
            values.get(name) for name in ("q", "state", "group", "district", "industry", "examiner", "overdue")
        ),
        "page_obj": page_of(request, ordered(narrowed(listed_entries(edition), values), values["sort"])),
        "districts": dict(DISTRICTS),
        "submitted_count": found.submitted,
        "accepted_count": found.by_state.get(states.ACCEPTED, 0),
        "draft_count": found.by_state.get(states.DRAFT, 0),
        "patents": found.patents,
        "organisations": found.organisations,
        "may_examine": request.user.has_perm("entries.examine_entry", edition),
    }
    return render(request, "entries/organizer/entry_list.html", context)
