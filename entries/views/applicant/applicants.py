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
from entries.actions.joint import invite_again
from entries.forms.applicants import JointForm, RevenueForm
from entries.models import Entry
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import edit_scope
from entries.queries.grouping import computed_group
from entries.views.applicant.frame import frame
from entries.views.applicant.merging import Difference, base_of
from entries.views.applicant.saving import Save, answer, is_autosave

STEP = "applicant"


def applicants_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Revenues of all applicants; joint organisations are added and taken out one by one."""
    dossier = open_dossier(entry)
    if request.method != "POST":
        return _page(request, dossier, _revenue_forms(dossier), JointForm(prefix="new"), at)
    forms = _revenue_forms(dossier, request)
    save = _save(request, dossier, forms, at)
    action = request.POST.get("action", "")
    if is_autosave(request) or not action.startswith(("add", "remove:", "remind:")):
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
                email=joint.cleaned_data["email"],
                actor=request.user,
                at=at,
            )
        except Refusal as refusal:
            joint.add_error(None, refusal.text)
            return _page(request, open_dossier(entry), forms, joint, at)
        messages.success(request, f"已添加联合单位：{added.organisation.name}，邀请已发出，对方确认后才能提交。")
    elif action.startswith("remind:"):
        waiting = next((one for one in dossier.joint if f"remind:{one.pk}" == action), None)
        if waiting is not None:
            invite_again(applicant=waiting, actor=request.user, at=at)
            messages.success(request, f"邀请已重新发给{waiting.organisation.name}。")
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
    open_forms = [form for form in sound if not form.fields["revenue"].disabled]
    faults = len(forms) - len(sound)
    return Save(
        step=STEP,
        run=lambda version, theirs: save_revenues(
            entry=dossier.entry,
            version=version,
            revenues={
                form.applicant.pk: form.cleaned_data["revenue"] for form in open_forms if _name(form) not in theirs
            },
            actor=request.user,
            at=at,
        ),
        page=lambda: _page(request, open_dossier(dossier.entry), forms, JointForm(prefix="new"), at),
        compare=lambda: _compare(open_dossier(dossier.entry), open_forms),
        mine=lambda: {_name(form): wan(form.cleaned_data["revenue"]) for form in open_forms},
        stored=lambda: _stored(open_dossier(dossier.entry)),
        controls=lambda: {_name(form): str(form["revenue"].value() or "") for form in _revenue_forms(open_dossier(dossier.entry))},
        fault_count=faults,
        keeps_text=bool(faults),
    )


def _name(form: RevenueForm) -> str:
    return str(form.add_prefix("revenue"))


def _stored(dossier: Dossier) -> dict[str, str]:
    return {f"a-{index}-revenue": wan(one.revenue) for index, one in enumerate(dossier.applicants)}


def _compare(dossier: Dossier, forms: list[RevenueForm]) -> list[Difference]:
    stored = {one.pk: one for one in dossier.applicants}
    pairs = [(form, stored[form.applicant.pk]) for form in forms if form.applicant.pk in stored]
    return [
        Difference(f"{one.organisation.name}的营业收入", wan(form.cleaned_data["revenue"]), wan(one.revenue), _name(form))
        for form, one in pairs
        if form.cleaned_data["revenue"] != one.revenue
    ]


def _page(
    request: SignedInRequest, dossier: Dossier, forms: list[RevenueForm], joint: JointForm, at: datetime
) -> HttpResponse:
    dossier.entry.refresh_from_db(fields=["version", "saved_at"])
    scope = edit_scope(dossier.entry)
    context = {
        **frame(dossier, STEP, at),
        "base": base_of(_stored(dossier)),
        "rows": list(zip(dossier.applicants, forms, strict=False)),
        "lead_form": forms[0],
        "joint_form": joint,
        "group": computed_group(dossier),
        "may_change_applicants": scope.allows("applicants"),
        "bound_forms": [form for form in [*forms, joint] if form.is_bound],
    }
    return render(request, "entries/applicant/applicants.html", context)
