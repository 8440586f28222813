"""Sessions: the administrator's power, the second factor and the presence of staff, and allauth's rate limits in our words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import RateLimited
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from accounts import presence, second_factor
from accounts.queries.power import open_power
from core import clock
from core.errors import TooManyRequests
from core.middleware import Onlooker, refusal_context

GUARDED = ("org", "my", "judge", "uploads")
"""First words of the addresses that open to people by what they are; the others show everybody the same (tests hold it)."""
POWER, WANTED = "power", "second_factor_next"
"""What a session keeps: its open administrator's session, and the page somebody was on the way to."""
WAIT = 60  # seconds; allauth does not say how long, its longest limit on people is a minute


class Authentication(AuthenticationMiddleware):
    """Django's own, and the power of a system administrator who has opened a session for it in this browser."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _with_power(request))  # type: ignore[assignment]


def _with_power(request: HttpRequest) -> Any:
    user = get_user(request)
    if user.is_superuser and POWER in request.session:
        user.power = open_power(user, request.session[POWER], clock.now())
    return user


class staff_presence(Onlooker):  # noqa: N801  middleware are named as functions in settings
    """Signs out staff who have not done anything for a while, and leads them back after they have signed in again."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _is_guarded(request) or not second_factor.is_staff(request.user):  # type: ignore[arg-type]
            return None
        at = clock.now()
        if not presence.is_over(request, at):
            presence.note(request, at)
            return None
        logout(request)
        minutes = settings.STAFF_IDLE_MINUTES
        messages.warning(request, f"您已有 {minutes} 分钟没有操作，为安全已退出登录。请重新登录，登录后回到刚才的页面。")
        return _lead(request, f"{reverse('account_login')}?{urlencode({'next': _page(request)})}")


class staff_second_factor(Onlooker):  # noqa: N801  middleware are named as functions in settings
    """Leads whoever must use a second factor and has not to the page where they set it up or give it."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _is_guarded(request) or not second_factor.is_required_of(request.user):  # type: ignore[arg-type]
            return None
        if second_factor.was_used(request):
            return None
        page = _page(request)
        if second_factor.has_one(request.user):
            return _lead(request, f"{reverse('mfa_reauthenticate')}?{urlencode({'next': page})}")
        if "text/html" in request.headers.get("Accept", "text/html"):  # a script that asks for figures is not going anywhere
            request.session[WANTED] = page
            messages.warning(request, "工作人员登录须使用两步验证。请先设置，设置后回到刚才的页面。")
        return _lead(request, reverse("mfa_activate_totp"))


def _is_guarded(request: HttpRequest) -> bool:
    return request.path_info.split("/", 2)[1] in GUARDED and request.user.is_authenticated


def _page(request: HttpRequest) -> str:
    """Where to go on afterwards: the page somebody was on or asked for, or the start when it was a form."""
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.current_url_abs_path:
        return str(htmx.current_url_abs_path)
    return request.get_full_path() if request.method == "GET" else reverse("accounts:home")


def _lead(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else HttpResponseRedirect(url)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page for a limit that was reached."""
    return render(request, "errors/refusal.html", refusal_context(request, TooManyRequests(seconds=WAIT)), status=429)


class rate_limits(Onlooker):  # noqa: N801  middleware are named as functions in settings
    """Some of allauth's flows raise their limit instead of answering it."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many_requests(request) if isinstance(exception, RateLimited) else None
