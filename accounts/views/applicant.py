"""Pages of a signed-in person: the dashboard, their own account, joining an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms.profile import ProfileForm
from accounts.home_sections import sections_for
from accounts.queries.access import get_invitation_by_token
from accounts.queries.organisations import memberships_of, requests_of
from accounts.requests import SignedInRequest
from core import clock


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    at = clock.now()
    context = {
        "sections": sections_for(request.user, at),
        "memberships": memberships_of(request.user),
        "join_requests": requests_of(request.user),
        "at": at,
    }
    return render(request, "accounts/home.html", context)


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """Name, and the way to address, mobile, password and two-step sign-in."""
    form = ProfileForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_user(user=request.user, name=form.cleaned_data["name"], actor=request.user, at=clock.now())
        messages.success(request, "姓名已保存。")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@login_required
@require_POST
def invitation_accept(request: SignedInRequest, token: str) -> HttpResponse:
    at = clock.now()
    found = get_invitation_by_token(token, at)
    actions.accept_invitation(invitation=found, user=request.user, actor=request.user, at=at)
    messages.success(request, f"您已加入“{found.organisation.name}”。")
    return redirect("accounts:organisation-detail", found.organisation.public_id)
