"""Patents filed since registration, added to an accepted entry."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from entries import states
from entries.actions.portfolio import add_filing, remove_filing
from entries.forms.formality import FilingForm
from entries.models import Entry
from entries.queries.access import get_entry_for
from entries.queries.extension import supplement_ends
from entries.queries.portfolio import portfolio_change


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def filings(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was new since registration, and one more while the term runs."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    if entry.state != states.ACCEPTED:
        return redirect("entries:my-entry", public_id)
    at = clock.now()
    form, status = FilingForm(request.POST or None, initial={"owners": _owner(entry)}), 200
    if request.method == "POST" and form.is_valid():
        try:
            added = add_filing(entry=entry, values=form.cleaned_data, actor=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, refusal.text)
            status = refusal.status
        else:
            messages.success(request, f"已填报 {added}。")
            return redirect("entries:filings", public_id)
    _, until = supplement_ends(entry)
    context = {
        "entry": entry,
        "edition": entry.edition,
        "form": form,
        "at": at,
        "until": until,
        "is_open": bool(until and at < until),
        "rows": entry.assets.filter(added_after_registration=True),
        "change": portfolio_change(entry),
    }
    return render(request, "entries/applicant/filings.html", context, status=status)


@login_required
@require_POST
def filing_remove(request: SignedInRequest, public_id: str, asset: int) -> HttpResponse:
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    found = entry.assets.filter(pk=asset, added_after_registration=True).first()
    if found is None:
        raise Http404
    remove_filing(asset=found, actor=request.user, at=clock.now())
    messages.success(request, "已移除。")
    return redirect("entries:filings", public_id)


def _owner(entry: Entry) -> str:
    return entry.applicants.select_related("organisation").get(part="lead").organisation.name
