"""Joining an organisation that is registered already, and showing the licence that says whose it is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.actions.organisation import FIELDS
from accounts.forms.joining import AnswerForm, ClaimForm, JoinForm
from accounts.forms.organisation import OrganisationForm
from accounts.queries.access import (
    get_join_request,
    get_known_organisation,
    get_organisation_for,
    get_own_join_request,
)
from accounts.queries.organisations import latest_claim
from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal

MANAGE = "accounts.manage_organisation"
FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORMS)
def join_ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks the owners to be let in. The address comes from typing the organisation's credit code."""
    organisation = get_known_organisation(public_id)
    form, status = JoinForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_to_join(
                organisation=organisation, message=form.cleaned_data["message"], actor=request.user, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.text)
            status = refusal.status
        else:
            messages.success(request, f"申请已发给“{organisation.name}”的管理员，答复会发到您的邮箱，也可以在这里查看。")
            return redirect("accounts:home")
    return render(request, "accounts/join_ask.html", {"form": form, "organisation": organisation}, status=status)


@login_required
@require_POST
def join_withdraw(request: SignedInRequest, join_request: str) -> HttpResponse:
    found = get_own_join_request(request.user, join_request)
    actions.withdraw_join_request(request=found, actor=request.user, at=clock.now())
    messages.success(request, f"加入“{found.organisation.name}”的申请已撤回。")
    return redirect("accounts:home")


@login_required
@require_POST
def join_answer(request: SignedInRequest, public_id: str, join_request: str) -> HttpResponse:
    """The owner's answer: one button each."""
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    found, form = get_join_request(organisation, join_request), AnswerForm(request.POST)
    if form.is_valid():
        answered = actions.answer_join_request(
            request=found, **form.cleaned_data, actor=request.user, at=clock.now()
        )
        words = "已加入" if answered.answer == "accepted" else "的申请未同意"
        messages.success(request, f"{answered.user.actor_label}{words}，已通知对方。")
    return redirect("accounts:organisation-detail", public_id)


@login_required
@require_http_methods(FORMS)
def organisation_claim(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hands in the licence of one's own organisation."""
    organisation = get_organisation_for(request.user, public_id, to=MANAGE)
    form, status = ClaimForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_ownership(
                organisation=organisation, **form.cleaned_data, actor=request.user, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error("licence", refusal.text)
            status = refusal.status
        else:
            messages.success(request, "已提交核验，组委会处理后会通知您；处理期间可以照常填报。")
            return redirect("accounts:organisation-detail", public_id)
    context = {"form": form, "organisation": organisation, "claim": latest_claim(organisation)}
    return render(request, "accounts/organisation_claim.html", context, status=status)


@login_required
@require_POST
def organisation_dispute(request: SignedInRequest) -> HttpResponse:
    """Registers an organisation together with its licence, because somebody else holds its code."""
    values_form = OrganisationForm(request.POST)
    carried = {name: request.POST.get(name, "") for name in FIELDS}
    form = ClaimForm(request.POST, request.FILES, known=carried)
    if not values_form.is_valid():
        return render(request, "accounts/organisation_form.html", {"form": values_form}, status=422)
    status = 422
    if form.is_valid():
        try:
            claim = actions.dispute_organisation(
                values=values_form.cleaned_data,
                statement=form.cleaned_data["statement"],
                licence=form.cleaned_data["licence"],
                actor=request.user,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error("licence", refusal.text)
            status = refusal.status
        else:
            messages.success(request, "单位已登记，归属异议已提交组委会；处理期间可以照常填报。")
            return redirect("accounts:organisation-detail", claim.organisation.public_id)
    return render(request, "accounts/organisation_dispute.html", {"form": form}, status=status)
