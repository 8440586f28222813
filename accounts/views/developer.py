"""The developer's page: demo accounts at one tap, and the messages that would have gone out. Only while DEBUG is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.home_sections import labels_for
from accounts.models import User
from accounts.queries.people import demo_users
from core.outbox.deliver import latest_messages

BACKEND = "accounts.backends.PasswordBackend"
MESSAGES = 50


def while_debugging(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 on a server, whatever its URLs say."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@while_debugging
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"groups": _groups(list(demo_users())), "outbox": latest_messages(MESSAGES)}
    return render(request, "accounts/developer.html", context)


@while_debugging
@require_POST
def sign_in(request: HttpRequest, public_id: str) -> HttpResponse:
    user = get_object_or_404(demo_users(), public_id=public_id)
    logout(request)
    login(request, user, backend=BACKEND)
    return redirect("accounts:home")


def _groups(users: list[User]) -> dict[str, list[User]]:
    """People by what they are, in the order in which each label comes up first."""
    labels = labels_for(users)
    groups: dict[str, list[User]] = {}
    for user in users:
        is_entrant = bool(user.organisations.all())
        groups.setdefault(labels.get(user.pk) or ("参赛单位" if is_entrant else "其他"), []).append(user)
    return groups
