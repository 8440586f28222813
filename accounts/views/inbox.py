"""A person's messages on the site."""

from __future__ import annotations

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.queries.inbox import get_message_for, messages_for, unread_count
from accounts.requests import SignedInRequest
from core import clock
from core.outbox.inbox import mark_read
from core.outbox.models import Message

PAGE = 30


@login_required
@require_safe
def message_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(messages_for(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/messages.html", {"page": page, "unread": unread_count(request.user)})


@login_required
@require_safe
def message_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Opening it is reading it."""
    found = get_message_for(request.user, public_id)
    if request.method == "GET":
        mark_read(messages=Message.objects.filter(pk=found.pk), at=clock.now())
    return render(request, "accounts/message.html", {"message": found})


@login_required
@require_POST
def messages_read(request: SignedInRequest) -> HttpResponse:
    """All at once."""
    mark_read(messages=messages_for(request.user).order_by(), at=clock.now())
    toasts.success(request, "全部消息已标为已读。")
    return redirect("accounts:messages")


@login_required
@require_safe
@never_cache
def messages_unread(request: SignedInRequest) -> JsonResponse:
    """For the bell: how many are new."""
    return JsonResponse({"unread": unread_count(request.user)})
