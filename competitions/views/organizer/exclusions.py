"""The list of organisations that may not enter."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from competitions.actions import add_exclusion, lift_exclusion
from competitions.forms.exclusion import ExclusionForm, LiftForm
from competitions.models import ExclusionRecord
from competitions.views.organizer.posting import carried_out, managed
from competitions.views.organizer.setup import show_section
from core import clock

FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORMS)
def exclusions(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody on the list, and one more."""
    edition = managed(request, slug)
    form = ExclusionForm(request.POST or None, initial={"until_year": edition.year + 2})
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "edition": edition, "actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: add_exclusion(**values), "已列入排除名单。"):
            return redirect("competitions:setup-exclusions", slug)
    rows = ExclusionRecord.objects.select_related("added_by", "lifted_by")
    return show_section(
        request, edition, "exclusions", form, template="competitions/setup/exclusions.html", rows=rows
    )


@login_required
@require_http_methods(FORMS)
def exclusion_lift(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Asks for the reason, then takes an organisation off the list."""
    edition = managed(request, slug)
    record = ExclusionRecord.objects.filter(public_id=public_id, lifted_at__isnull=True).first()
    if record is None:
        raise Http404
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"edition": edition, "record": record, "reason": form.cleaned_data["reason"]}
        if carried_out(
            request, form, lambda: lift_exclusion(**values, actor=request.user, at=clock.now()), "已从名单中解除。"
        ):
            return redirect("competitions:setup-exclusions", slug)
    return render(request, "competitions/setup/exclusion_lift.html", {"edition": edition, "record": record, "form": form})
