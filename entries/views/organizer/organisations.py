"""Organisations of an edition: comparing name and code with the licence, and disputes about a code."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import decide_claim, verify_organisation
from accounts.models import Organisation
from accounts.queries.access import get_claim
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from core.files import private_file
from entries.forms.organisations import ClaimDecisionForm
from entries.queries.organisations import (
    VIEWS,
    entries_in,
    get_listed_organisation,
    holders_of,
    listed_organisations,
    narrowed_organisations,
    waiting_claims,
)
from entries.views.organizer.reach import page_of, person, posted

MAY = "entries.examine_entry"


@login_required
@require_safe
def organisation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who takes part, those with something to compare first."""
    edition = get_edition_for(request.user, slug, to=MAY)
    view = request.GET.get("view", "")
    view, words = view if view in VIEWS else "waiting", request.GET.get("q", "")[:60]
    url = reverse("entries:organisation-list", args=[slug])
    context = {
        "edition": edition,
        "page_obj": page_of(request, narrowed_organisations(listed_organisations(edition), view, words)),
        "view": view,
        "q": words,
        "toggles": [{"label": label, "url": f"{url}?view={key}", "current": key == view, "count": None} for key, label in VIEWS.items()],
        "waiting": waiting_claims(edition).count(),
        "may_extend": request.user.has_perm("entries.manage_entry", edition),
    }
    return render(request, "entries/organizer/organisation_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_check(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One organisation beside whoever else holds its code; POST decides the claim that waits."""
    edition = get_edition_for(request.user, slug, to=MAY)
    organisation = get_listed_organisation(edition, public_id)
    claim = organisation.claims.filter(decision="").first()
    form, status = ClaimDecisionForm(posted(request)), 200
    if request.method == "POST":
        status = 422
        if claim is not None and form.is_valid():
            try:
                decide_claim(claim=claim, **form.cleaned_data, actor=person(request), at=clock.now())
            except Refusal as refusal:
                form.add_error(None, refusal.text)
            else:
                messages.success(request, "结论已记录，并通知双方。")
                return redirect("entries:organisation-check", slug, public_id)
    context = _context(edition, organisation)
    return render(request, "entries/organizer/organisation_check.html", {**context, "form": form, "claim": claim}, status=status)


@login_required
@require_POST
def organisation_verify(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Notes that name and code were compared with the public register."""
    edition = get_edition_for(request.user, slug, to=MAY)
    organisation = get_listed_organisation(edition, public_id)
    try:
        verify_organisation(organisation=organisation, actor=person(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, f"“{organisation.name}”已标为已核验。")
    return redirect("entries:organisation-check", slug, public_id)


@login_required
@require_safe
def organisation_licence(request: HttpRequest, slug: str, public_id: str, claim: str) -> HttpResponseBase:
    """The scan as an attachment, for staff only."""
    edition = get_edition_for(request.user, slug, to=MAY)
    found = get_claim(holders_of(get_listed_organisation(edition, public_id)), claim)
    return private_file(
        request, found.licence, name=found.original_name, media_type=found.media_type, sha256=found.sha256
    )


def _context(edition: Edition, organisation: Organisation) -> dict[str, object]:
    holders = holders_of(organisation)
    entries = entries_in(edition, holders)
    claims = {one.pk: list(one.claims.order_by("-created_at")) for one in holders}
    return {
        "edition": edition,
        "organisation": organisation,
        "rows": [{"organisation": one, "entries": entries[one.pk], "claims": claims[one.pk]} for one in holders],
        "has_rivals": len(holders) > 1,
        "is_verified_elsewhere": any(one.verified_at for one in holders if one.pk != organisation.pk),
    }
