"""Inviting judges, for the organiser; and what the link of an invitation leads to."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.pure.mobile import write_mobile
from accounts.requests import SignedInRequest
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from judging.actions.invitation import (
    accept_invitation,
    invite_judges,
    join_by_invitation,
    resend_invitation,
    withdraw_invitation,
)
from judging.forms.invitation import InviteForm, JoinForm
from judging.models import JudgeInvitation
from judging.queries.invitation import (
    account_behind,
    get_invitation,
    get_invitation_by_token,
    invitation_lines,
)

MANAGE = "judging.manage_panel"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who was invited and what became of it; a POST invites a list of people."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite_judges(
                edition=edition,
                people=form.cleaned_data["people"],
                kind=form.cleaned_data["kind"],
                actor=request.user,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error("people", refusal.text)
        else:
            messages.success(request, f"已向 {len(made)} 位评委发出邀请，14 天内有效。")
            return redirect("judging:invitations", slug)
    context = {"edition": edition, "form": form, "lines": invitation_lines(edition, clock.now())}
    return render(request, "judging/panel/invitations.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def invitation_resend(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Sends it again with a new link."""
    found = resend_invitation(invitation=_find(request, slug, public_id), actor=request.user, at=clock.now())
    messages.success(request, f"已重新发给{found.name}（{write_mobile(found.email or found.mobile)}），旧链接已失效。")
    return redirect("judging:invitations", slug)


@login_required
@require_POST
def invitation_withdraw(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Takes it back."""
    found = withdraw_invitation(invitation=_find(request, slug, public_id), actor=request.user, at=clock.now())
    messages.success(request, f"给{found.name}的邀请已撤回，链接不再有效。")
    return redirect("judging:invitations", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: whoever is signed in accepts; whoever has no account chooses a password; the owner of an
    account signs in first, because a link in a forwarded mail must not open it."""
    found = get_invitation_by_token(token, clock.now())
    if request.user.is_authenticated:
        if request.method != "POST":
            return _page(request, found, token)
        accept_invitation(invitation=found, user=request.user, at=clock.now())
        return _welcome(request, found)
    if account_behind(found) is not None:
        return _page(request, found, token, must_sign_in=True)
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, token, form=form)
    data = form.cleaned_data
    user = join_by_invitation(invitation=found, name=data["name"], password=data["password"], at=clock.now())
    perform_login(request, user, email_verification="none")
    return _welcome(request, found)


def _find(request: SignedInRequest, slug: str, public_id: str) -> JudgeInvitation:
    edition: Edition = get_edition_for(request.user, slug, to=MANAGE)
    return get_invitation(edition, public_id)


def _welcome(request: HttpRequest, found: JudgeInvitation) -> HttpResponse:
    messages.success(request, f"您已成为{found.edition.name}的{found.get_kind_display()}。请填写评委档案。")
    return redirect("judging:own-profile", found.edition.slug)


def _page(
    request: HttpRequest, found: JudgeInvitation, token: str, form: JoinForm | None = None, must_sign_in: bool = False
) -> HttpResponse:
    context = {"invitation": found, "token": token, "form": form, "must_sign_in": must_sign_in}
    status = 422 if form is not None and form.errors else 200
    return render(request, "judging/judge/invitation.html", context, status=status)
