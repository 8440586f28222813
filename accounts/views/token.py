"""A person's tokens for programs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.api_token import create_api_token, revoke_api_token
from accounts.forms.api_token import ApiTokenForm
from accounts.queries.api_tokens import get_token_of, tokens_of
from core import clock


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens, and a form for a new one; the answer to it shows the token this once."""
    at, secret = clock.now(), ""
    form = ApiTokenForm(request.POST or None)
    if form.is_valid():
        _, secret = create_api_token(user=request.user, actor=request.user, at=at, **form.cleaned_data)
        form = ApiTokenForm()
    context = {"form": form, "secret": secret, "tokens": tokens_of(request.user), "at": at}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def token_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    revoke_api_token(token=get_token_of(request.user, public_id), actor=request.user, at=clock.now())
    messages.success(request, "令牌已撤销，使用它的程序不能再访问。")
    return redirect("accounts:tokens")
