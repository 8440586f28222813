"""The step 申报主体."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from core.errors import Refusal
from core.figures import wan
from entries.actions.applicants import add_named_applicant, remove_applicant, save_revenues
from entries.forms.applicants import JointForm, RevenueForm
from entries.models import Entry
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import edit_scope
from entries.queries.grouping import computed_group
from entries.views.applicant.frame import frame
from entries.views.applicant.saving import Difference, Save, answer, is_autosave

STEP = "applicant"


def applicants_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Revenues of all applicants; joint organisations are added and taken out one by one."""
    dossier = open_dossier(entry)
    if request.method != "POST":
        return _page(request, dossier, _revenue_forms(dossier), JointForm(prefix="new"), at)
    forms = _revenue_forms(dossier, request)
    save = _save(request, dossier, forms, at)
    action = request.POST.get("action", "")
    if is_autosave(request) or not action.startswith(("add", "remove:")):
        return answer(request, entry, save, at=at)
    return _change_applicants(request, dossier, forms, save, action, at)


def _change_applicants(
    request: SignedInRequest, dossier: Dossier, forms: list[RevenueForm], save: Save, action: str, at: datetime
) -> HttpResponse:
    """Adds or removes first; the revenues typed on the same page are kept with the version they were typed on."""
    entry = dossier.entry
    joint = JointForm(request.POST if action == "add" else None, prefix="new")
    if action == "add" and not joint.is_valid():
        return _page(request, dossier, forms, joint, at)
    kept = answer(request, entry, save, at=at)
    if kept.status_code != 302:
        return kept
    if action == "add":
        try:
            added = add_named_applicant(
                entry=entry,
                values=joint.organisation_values(),
                revenue=joint.cleaned_data["revenue"],
                actor=request.user,
                at=at,
            )
        except Refusal as refusal:
            joint.add_error(None, refusal.text)
            return _page(request, open_dossier(entry), forms, joint, at)
        messages.success(request, f"已添加联合单位：{added.organisation.name}。")
    else:
        gone = next((one for one in dossier.joint if f"remove:{one.pk}" == action), None)
        if gone is not None:
            remove_applicant(entry=entry, applicant=gone, actor=request.user, at=at)
    return redirect("entries:register-step", entry.public_id, STEP)


def _revenue_forms(dossier: Dossier, request: SignedInRequest | None = None) -> list[RevenueForm]:
    scope = edit_scope(dossier.entry)
    data = request.POST if request else None
    return [
        RevenueForm(
            data, prefix=f"a-{index}", applicant=one, is_open=scope.allows(f"applicant.{index + 1}.revenue")
        )
        for index, one in enumerate(dossier.applicants)
    ]


def _save(
    request: SignedInRequest, dossier: Dossier, forms: list[RevenueForm], at: datetime
) -> Save:
    sound = [form for form in forms if form.is_valid()]
    revenues = {form.applicant.pk: form.cleaned_data["revenue"] for form in sound}
    faults = len(forms) - len(sound)
    return Save(
        step=STEP,
        run=lambda version: save_revenues(
            entry=dossier.entry, version=version, revenues=revenues, actor=request.user, at=at
        ),
        page=lambda: _page(request, open_dossier(dossier.entry), forms, JointForm(prefix="new"), at),
        compare=lambda: _compare(open_dossier(dossier.entry), revenues),
        fault_count=faults,
        keeps_text=bool(faults),
    )


def _compare(dossier: Dossier, revenues: dict) -> list[Difference]:
    return [
        Difference(f"{one.organisation.name}的营业收入", wan(revenues[one.pk]), wan(one.revenue))
        for one in dossier.applicants
        if one.pk in revenues and revenues[one.pk] != one.revenue
    ]


def _page(
    request: SignedInRequest, dossier: Dossier, forms: list[RevenueForm], joint: JointForm, at: datetime
) -> HttpResponse:
    dossier.entry.refresh_from_db(fields=["version", "saved_at"])
    scope = edit_scope(dossier.entry)
    context = {
        **frame(dossier, STEP, at),
        "rows": list(zip(dossier.applicants, forms, strict=False)),
        "lead_form": forms[0],
        "joint_form": joint,
        "group": computed_group(dossier),
        "may_change_applicants": scope.allows("applicants"),
        "bound_forms": [form for form in [*forms, joint] if form.is_bound],
    }
    return render(request, "entries/applicant/applicants.html", context)
