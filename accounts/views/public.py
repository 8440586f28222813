"""Pages of accounts for everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.privacy import PLATFORM_PRIVACY
from accounts.queries.access import get_invitation_by_token
from core import clock


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The platform's privacy text in its current version (PIPL 17: readable by everyone)."""
    return render(request, PLATFORM_PRIVACY.template, {"text": PLATFORM_PRIVACY})


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation leads to; a visitor signs in or up first and comes back here."""
    at = clock.now()
    found = get_invitation_by_token(token, at)
    return render(request, "accounts/invitation.html", {"invitation": found, "token": token, "at": at})
