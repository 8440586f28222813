"""Pages of an organisation for its members; what changes it is the owner's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.errors import AlreadyMember, UsccVerifiedElsewhere
from accounts.forms.joining import ClaimForm
from accounts.forms.organisation import InviteForm, OrganisationForm, RoleForm
from accounts.models import JoinRequest, Membership, Organisation
from accounts.pure.mobile import write_mobile
from accounts.queries.access import get_invitation, get_member, get_organisation_for
from accounts.queries.organisations import (
    known_with_uscc,
    latest_claim,
    members_of,
    open_invitations,
    others_with_uscc,
    waiting_requests,
)
from accounts.requests import SignedInRequest
from core import clock
from core.glyphs import unprintable_sentence

VIEW, MANAGE = "accounts.view_organisation", "accounts.manage_organisation"


@login_required
def organisation_create(request: SignedInRequest) -> HttpResponse:
    person = request.user
    contact = {"contact_name": person.name, "contact_mobile": write_mobile(person.mobile), "contact_email": person.email or ""}
    form = OrganisationForm(request.POST or None, initial=contact)
    if request.method == "POST" and form.is_valid():
        known = known_with_uscc(form.cleaned_data["uscc"])
        if known and "apart" not in request.POST:
            return _known(request, form, known)
        try:
            made = actions.create_organisation(user=person, **form.cleaned_data, actor=person, at=clock.now())
        except UsccVerifiedElsewhere as refusal:
            form.add_error("uscc", refusal.text)
        else:
            return _saved(request, form, made, f"“{made.name}”已登记。", to=_asked_for(request))
    return render(request, "accounts/organisation_form.html", {"form": form})


@login_required
def organisation_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = actions.edit_organisation(
                organisation=organisation, values=values, actor=request.user, at=clock.now()
            )
        except UsccVerifiedElsewhere as refusal:
            form.add_error("uscc", refusal.text)
        else:
            return _saved(request, form, made, "单位资料已保存。")
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": organisation})


@login_required
@require_safe
def organisation_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=VIEW)
    return render(request, "accounts/organisation_detail.html", _detail(request, organisation, InviteForm()))


@login_required
@require_POST
def member_invite(request: SignedInRequest, public_id: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            made = actions.invite_member(
                organisation=organisation, **form.cleaned_data, actor=request.user, at=clock.now()
            )
        except AlreadyMember as refusal:
            form.add_error("identity", refusal.text)
        else:
            to = write_mobile(form.cleaned_data["identity"])
            joined = isinstance(made, Membership)
            messages.success(request, f"{to} 已加入。" if joined else f"邀请已发到 {to}，7 天内有效。")
            return redirect("accounts:organisation-detail", public_id)
    return render(request, "accounts/organisation_detail.html", _detail(request, organisation, form))


@login_required
@require_POST
def member_role(request: SignedInRequest, public_id: str, person: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    membership = get_member(organisation, person)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        made = actions.change_member_role(membership=membership, role=role, actor=request.user, at=clock.now())
        messages.success(request, f"{made.user.actor_label}现在是{made.get_role_display()}。")
    return redirect("accounts:organisation-detail", public_id)


@login_required
@require_POST
def member_remove(request: SignedInRequest, public_id: str, person: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    membership = get_member(organisation, person)
    actions.remove_member(membership=membership, actor=request.user, at=clock.now())
    messages.success(request, f"{membership.user.actor_label}已移出“{organisation.name}”。")
    return redirect("accounts:organisation-detail", public_id)


@login_required
@require_POST
def invitation_withdraw(request: SignedInRequest, public_id: str, invitation: str) -> HttpResponse:
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    found = get_invitation(organisation, invitation)
    actions.withdraw_invitation(invitation=found, actor=request.user, at=clock.now())
    messages.success(request, f"给 {write_mobile(found.identity)} 的邀请已撤回。")
    return redirect("accounts:organisation-detail", public_id)


@login_required
def organisation_leave(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first; the last owner cannot leave."""
    organisation = get_organisation_for(request.user, public_id, to=VIEW)
    if request.method == "POST":
        membership = get_member(organisation, request.user.public_id)
        actions.remove_member(membership=membership, actor=request.user, at=clock.now())
        messages.success(request, f"您已退出“{organisation.name}”。")
        return redirect("accounts:home")
    return render(request, "accounts/organisation_leave.html", {"organisation": organisation})


def _detail(request: SignedInRequest, organisation: Organisation, form: InviteForm) -> dict[str, Any]:
    at = clock.now()
    may_manage = request.user.has_perm(MANAGE, organisation)
    return {
        "organisation": organisation,
        "members": members_of(organisation),
        "invitations": open_invitations(organisation, at) if may_manage else [],
        "requests": waiting_requests(organisation) if may_manage else [],
        "claim": latest_claim(organisation),
        "has_rivals": others_with_uscc(organisation).exists(),
        "may_manage": may_manage,
        "form": form,
        "roles": Membership.Role.choices,
        "at": at,
    }


def _known(request: SignedInRequest, form: OrganisationForm, known: list[Organisation]) -> HttpResponse:
    """The code is registered: the ways on, with what was typed carried along."""
    values = form.cleaned_data
    mine = {one.organisation_id for one in request.user.memberships.all()}
    waiting = set(JoinRequest.objects.filter(user=request.user, answer="").values_list("organisation_id", flat=True))
    context = {
        "values": values,
        "rows": [{"organisation": one, "is_mine": one.pk in mine, "is_asked": one.pk in waiting} for one in known],
        "may_go_apart": all(one.verified_at is None for one in known),
        "claim_form": ClaimForm(known=values, auto_id=False),
        "next": _asked_for(request),
    }
    return render(request, "accounts/organisation_known.html", context)


def _asked_for(request: SignedInRequest) -> str:
    """Our own page that `next` names, where the person was on the way to (the registration); else nothing."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


def _saved(
    request: SignedInRequest, form: OrganisationForm, organisation: Organisation, text: str, to: str = ""
) -> HttpResponse:
    """Says what was saved, and what looks odd without being refused; leads to `to`, else to the organisation."""
    messages.success(request, text)
    for warning in form.warnings:
        messages.warning(request, warning)
    unseen = unprintable_sentence(organisation.name, "单位名称")
    if unseen:
        messages.warning(request, unseen)
    if others_with_uscc(organisation).exists():
        messages.warning(
            request,
            f"代码 {organisation.uscc} 还有别的账户登记过，都未核验。您可以照常填报；如有同事已登记，请让对方邀请您加入。",
        )
    return redirect(to) if to else redirect("accounts:organisation-detail", organisation.public_id)
