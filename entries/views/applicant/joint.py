"""The page of an organisation that is asked to take part in somebody else's entry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from entries.actions.joint import accept_joint, decline_joint
from entries.forms.joint import JointAcceptForm, JointDeclineForm
from entries.joint_link import make_token
from entries.models import JointInvitation
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_refusal
from entries.queries.joint import answerable_by, get_joint_invitation

FORMS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(FORMS)
def joint(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for which project, and the answer. The project is shown to whoever may answer; others see who asks."""
    invitation = get_joint_invitation(token)
    user = request.user
    if not isinstance(user, User):
        return render(request, "entries/applicant/joint.html", _context(request, invitation))
    organisations = answerable_by(user, invitation.applicant)
    initial = {"revenue": invitation.applicant.revenue}
    form = JointAcceptForm(request.POST or None, organisations=organisations, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            try:
                joined = accept_joint(
                    invitation=invitation,
                    organisation=values["organisation"],
                    revenue=values["revenue"],
                    actor=user,
                    at=clock.now(),
                )
            except Refusal as refusal:
                form.add_error(None, refusal.text)
                status = refusal.status
            else:
                messages.success(request, f"“{joined.organisation.name}”已确认联合参赛，已通知牵头单位。")
                return redirect("entries:my-entry", joined.entry.public_id)
    context = {**_context(request, invitation), "form": form, "organisations": organisations, "is_known": True}
    return render(request, "entries/applicant/joint.html", context, status=status)


@login_required
@never_cache
@require_http_methods(FORMS)
def joint_decline(request: SignedInRequest, token: str) -> HttpResponse:
    """Asks once; also how a partner leaves while the entry is open."""
    invitation = get_joint_invitation(token)
    form = JointDeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_joint(
            invitation=invitation, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now()
        )
        messages.success(request, "已答复牵头单位：不参加。")
        return redirect("accounts:home")
    context = {**_context(request, invitation), "decline_form": form}
    return render(request, "entries/applicant/joint_decline.html", context)


def _context(request: HttpRequest, invitation: JointInvitation) -> dict[str, Any]:
    entry, at = invitation.applicant.entry, clock.now()
    dossier = open_dossier(entry)
    refusal = edit_refusal(entry, at)
    return {
        "invitation": invitation,
        "applicant": invitation.applicant,
        "entry": entry,
        "edition": entry.edition,
        "dossier": dossier,
        "at": at,
        "is_open": refusal is None,
        "next": request.path,
        "token": make_token(invitation.public_id),
    }
