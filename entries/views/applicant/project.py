"""The step 项目信息."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from entries.actions.entry import save_entry
from entries.forms.project import ProjectForm
from entries.models import Entry
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope
from entries.views.applicant.frame import frame
from entries.views.applicant.merging import Difference, base_of
from entries.views.applicant.saving import Save, answer

STEP = "project"
NOTHING = "—"


def project_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Texts, industry, track and maturity."""
    form = ProjectForm(request.POST or None, instance=entry, scope=edit_scope(entry))
    if request.method != "POST":
        return _page(request, entry, form, at)
    form.is_valid()
    save = Save(
        step=STEP,
        run=lambda version, theirs: save_entry(
            entry=entry, version=version, values=_without(form.kept(), theirs), actor=request.user, at=at
        ),
        page=lambda: _page(request, entry, form, at),
        compare=lambda: _compare(entry, form),
        mine=lambda: {name: str(value or NOTHING) for name, value in form.kept().items()},
        stored=lambda: _stored(entry),
        controls=lambda: {name: getattr(entry, f"{name}_id", getattr(entry, name)) or "" for name in form.fields},
        fault_count=len(form.errors),
        keeps_text=bool(form.errors),
    )
    return answer(request, entry, save, at=at)


def _stored(entry: Entry) -> dict[str, str]:
    fresh = Entry.objects.select_related("track").get(pk=entry.pk)
    return {name: str(getattr(fresh, name) or NOTHING) for name in ProjectForm.base_fields}


def _without(values: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _compare(entry: Entry, form: ProjectForm) -> list[Difference]:
    return [
        Difference(str(form.fields[name].label), _words(form, name, value), _words(form, name, getattr(entry, name)), name)
        for name, value in form.kept().items()
        if value != getattr(entry, name)
    ]


def _words(form: ProjectForm, name: str, value: Any) -> str:
    """As the person chose it: the label of an option, not its code."""
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value) or NOTHING)


def _page(request: SignedInRequest, entry: Entry, form: ProjectForm, at: datetime) -> HttpResponse:
    fresh = Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk)
    context = {**frame(open_dossier(fresh), STEP, at), "form": form, "groups": form.groups(), "base": base_of(_stored(fresh))}
    return render(request, "entries/applicant/project.html", context)
