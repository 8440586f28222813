"""A system administrator opens and ends the session in which their power counts. Nobody else finds these pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import second_factor
from accounts.actions.power import end_power_session, open_power_session
from accounts.forms.power import PowerForm
from accounts.middleware import POWER
from accounts.queries.power import power_sessions
from accounts.requests import SignedInRequest
from core import clock

SHOWN = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def power(request: SignedInRequest) -> HttpResponse:
    """What the session is for and the form that opens it; the sessions so far."""
    user, at = request.user, clock.now()
    if not user.is_superuser:
        raise Http404
    form = PowerForm(request.POST or None, user=user, has_factor=second_factor.has_one(user))
    if request.method == "POST" and user.power is None and form.is_valid():
        tell = second_factor.watchers(except_for=user)
        opened = open_power_session(reason=form.cleaned_data["reason"], tell=tell, actor=user, at=at)
        request.session[POWER] = opened.public_id
        messages.success(request, "系统管理权限已开启，操作都会记入日志。办完请立即结束。")
        return redirect("console:chooser")
    context = {"form": form, "sessions": power_sessions(user)[:SHOWN], "minutes": settings.POWER_MINUTES, "at": at}
    return render(request, "accounts/power.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def power_end(request: SignedInRequest) -> HttpResponse:
    """Ends the session of this browser; over already is as good as ended."""
    if not request.user.is_superuser:
        raise Http404
    request.session.pop(POWER, None)
    if request.user.power is not None:
        end_power_session(power=request.user.power, actor=request.user, at=clock.now())
        messages.success(request, "系统管理权限已结束。")
    return redirect("accounts:power")
