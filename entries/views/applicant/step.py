"""One address for all steps of the registration form."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from entries import states
from entries.queries.access import get_entry_for
from entries.queries.editing import edit_refusal
from entries.views.applicant.applicants import applicants_step
from entries.views.applicant.details import details_step
from entries.views.applicant.files import files_step
from entries.views.applicant.patents import patents_step
from entries.views.applicant.project import project_step
from entries.views.applicant.review import review_step

PAGES = {
    "applicant": applicants_step,
    "project": project_step,
    "patents": patents_step,
    "files": files_step,
    "details": details_step,
    "review": review_step,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_step(request: SignedInRequest, public_id: str, step: str) -> HttpResponse:
    """A step of an entry its applicant may change now; otherwise its page says why not."""
    if step not in PAGES:
        raise Http404
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    if entry.state == states.ACCEPTED and step != "files":
        messages.info(request, "项目已通过形式审查，只能补充附件和填报新增专利。")
        return redirect("entries:my-entry", entry.public_id)
    refusal = edit_refusal(entry, at)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.text)
        return redirect("entries:my-entry", entry.public_id)
    return PAGES[step](request, entry, at)
