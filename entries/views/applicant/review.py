"""The step 核对并提交."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from core.errors import Blocked
from entries.actions.entry import save_entry
from entries.actions.submission import resubmit_entry, submit_entry
from entries.forms.review import DeclarationForm
from entries.models import Entry
from entries.pure.declarations import SHARING
from entries.queries.completeness import declarations
from entries.queries.difference import changes_since_copy
from entries.queries.dossier import open_dossier
from entries.queries.duplicates import own_repeats
from entries.queries.editing import edit_scope
from entries.queries.grouping import computed_group
from entries.queries.sections import detail_sections
from entries.queries.steps import STEPS, step_of
from entries.states import RETURNED
from entries.views.applicant.frame import frame, step_url
from entries.views.applicant.merging import Difference, base_of
from entries.views.applicant.saving import Save, answer

STEP = "review"
WORDS = {True: "已勾选", False: "未勾选"}


def review_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Everything to check, all that is missing, the declarations, and the button that submits."""
    initial = {name: getattr(entry, name) for name in DeclarationForm.base_fields}
    asks = {*declarations(entry.edition.entry_rules), SHARING}
    form = DeclarationForm(request.POST or None, initial=initial, scope=edit_scope(entry), asks=asks)
    if request.method != "POST":
        return _page(request, entry, form, at)
    form.is_valid()
    save = Save(
        step=STEP,
        run=lambda version, theirs: save_entry(
            entry=entry,
            version=version,
            values={name: value for name, value in form.cleaned_data.items() if name not in theirs},
            actor=request.user,
            at=at,
        ),
        page=lambda: _page(request, entry, form, at),
        compare=lambda: _compare(entry, form),
        mine=lambda: {name: WORDS[value] for name, value in form.cleaned_data.items()},
        stored=lambda: _stored(entry),
    )
    kept = answer(request, entry, save, at=at)
    if request.POST.get("action") != "submit" or kept.status_code != 302:
        return kept
    return _submit(request, entry, form, at)


def _submit(request: SignedInRequest, entry: Entry, form: DeclarationForm, at: datetime) -> HttpResponse:
    act = resubmit_entry if entry.state == RETURNED else submit_entry
    try:
        act(entry=entry, actor=request.user, at=at)
    except Blocked:
        return _page(request, entry, form, at, is_tried=True)
    return redirect("entries:my-entry", entry.public_id)


def _stored(entry: Entry) -> dict[str, str]:
    return {name: WORDS[getattr(entry, name)] for name in DeclarationForm.base_fields}


def _compare(entry: Entry, form: DeclarationForm) -> list[Difference]:
    return [
        Difference(str(form.fields[name].label), WORDS[value], WORDS[getattr(entry, name)], name)
        for name, value in form.cleaned_data.items()
        if value != getattr(entry, name)
    ]


def _page(
    request: SignedInRequest, entry: Entry, form: DeclarationForm, at: datetime, *, is_tried: bool = False
) -> HttpResponse:
    dossier = open_dossier(Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk))
    context = frame(dossier, STEP, at)
    declared = set(form.fields)
    commented = {step_of(one.field) for one in dossier.review.comments.all()} if dossier.review else set()
    missing = [one for one in context["reasons"] if is_tried or one.field not in declared]
    sections = [
        {"label": STEPS[name], "url": step_url(dossier, name), "reasons": [one for one in missing if step_of(one.field) == name]}
        for name in STEPS
    ]
    context |= {
        "form": form,
        "base": base_of(_stored(dossier.entry)),
        "missing_by_step": [one for one in sections if one["reasons"]],
        "missing_count": len(missing),
        "is_tried": is_tried,
        "details": detail_sections(dossier),
        "copy_changes": changes_since_copy(dossier.entry),
        "step_notes": own_repeats(dossier),
        "group": computed_group(dossier),
        "urls": {name: step_url(dossier, name) for name in STEPS if not context["is_returned"] or name in commented},
    }
    return render(request, "entries/applicant/review.html", context, status=409 if is_tried else 200)
