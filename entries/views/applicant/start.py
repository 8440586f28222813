"""Where a registration begins."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.consent import give_consent
from accounts.models import Organisation, User
from competitions.models import Edition, EditionPage
from competitions.queries.access import get_public_edition
from competitions.queries.entry_conditions import condition_sentences
from core import clock
from entries.actions.copying import copy_entry
from entries.actions.entry import start_entry
from entries.forms.start import StartForm
from entries.models import Entry, IPAsset
from entries.queries.registration import (
    drafts_of,
    earlier_entries_of,
    own_organisations,
    privacy_notice,
    registration_view,
)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, edition: str) -> HttpResponse:
    """What is needed, until when; whoever is signed in chooses an organisation, agrees to the privacy notice and starts."""
    found = get_public_edition(edition)
    notice = privacy_notice(found, clock.now())
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "entries/applicant/start.html", _context(found, notice))
    sources = earlier_entries_of(request.user, found)
    form = StartForm(request.POST or None, organisations=own_organisations(request.user), sources=sources)
    if request.method == "POST" and notice is not None and form.is_valid():
        return _start(request.user, found, notice, form.cleaned_data["organisation"], form.cleaned_data.get("source"))
    context = {**_context(found, notice), "form": form, "drafts": list(drafts_of(request.user, found))}
    return render(request, "entries/applicant/start.html", context)


def _start(
    person: User, edition: Edition, notice: EditionPage, organisation: Organisation, source: Entry | None
) -> HttpResponse:
    at = clock.now()
    if source is not None:
        entry = copy_entry(source=source, edition=edition, organisation=organisation, actor=person, at=at)
    else:
        entry = start_entry(edition=edition, organisation=organisation, actor=person, at=at)
    document = f"privacy:{edition.slug}"
    give_consent(user=person, document=document, version=notice.version, actor=person, at=at)
    return redirect("entries:register-step", entry.public_id, "applicant")


def _context(edition: Edition, notice: EditionPage | None) -> dict[str, object]:
    at = clock.now()
    rules = edition.entry_rules
    names = dict(IPAsset.Kind.choices)
    return {
        "edition": edition,
        "at": at,
        "registration": registration_view(edition, at),
        "notice": notice,
        "rules": rules,
        "conditions": condition_sentences(rules),
        "core_types": [names[kind] for kind in rules.core_types if kind in names],
    }
