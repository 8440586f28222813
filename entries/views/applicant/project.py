"""The step 项目信息."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from entries.actions.entry import save_entry
from entries.forms.project import ProjectForm
from entries.models import Entry
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope
from entries.views.applicant.frame import frame
from entries.views.applicant.saving import Difference, Save, answer

STEP = "project"


def project_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Texts, industry, track and maturity."""
    form = ProjectForm(request.POST or None, instance=entry, scope=edit_scope(entry))
    if request.method != "POST":
        return _page(request, entry, form, at)
    form.is_valid()
    save = Save(
        step=STEP,
        run=lambda version: save_entry(
            entry=entry, version=version, values=form.kept(), actor=request.user, at=at
        ),
        page=lambda: _page(request, entry, form, at),
        compare=lambda: _compare(entry, form),
        fault_count=len(form.errors),
        keeps_text=bool(form.errors),
    )
    return answer(request, entry, save, at=at)


def _compare(entry: Entry, form: ProjectForm) -> list[Difference]:
    return [
        Difference(str(form.fields[name].label), str(value or "—"), str(getattr(entry, name) or "—"))
        for name, value in form.kept().items()
        if value != getattr(entry, name)
    ]


def _page(request: SignedInRequest, entry: Entry, form: ProjectForm, at: datetime) -> HttpResponse:
    fresh = Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk)
    context = {**frame(open_dossier(fresh), STEP, at), "form": form, "groups": form.groups()}
    return render(request, "entries/applicant/project.html", context)
