"""Other systems that are told of events."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from competitions.actions.webhook import add_webhook, end_webhook, ping_webhook
from competitions.forms.webhook import WebhookForm
from competitions.queries.access import get_webhook_of
from competitions.views.organizer.posting import managed
from core import clock
from core.errors import Refusal
from core.webhooks.models import Webhook, WebhookDelivery

SHOWN = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """The addresses, the last deliveries, and a form; the answer to it shows the secret this once."""
    edition, secret = managed(request, slug), ""
    form = WebhookForm(request.POST or None)
    if form.is_valid():
        try:
            _, secret = add_webhook(edition=edition, actor=request.user, at=clock.now(), **form.cleaned_data)
            form = WebhookForm()
        except Refusal as refusal:
            form.add_error("url", refusal.text)
    context = {
        "edition": edition,
        "form": form,
        "secret": secret,
        "hooks": Webhook.objects.filter(edition=edition.slug, ended_at__isnull=True),
        "deliveries": WebhookDelivery.objects.filter(webhook__edition=edition.slug).select_related("webhook")[:SHOWN],
    }
    return render(request, "competitions/webhooks.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def webhook_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    edition = managed(request, slug)
    end_webhook(edition=edition, hook=get_webhook_of(edition, public_id), actor=request.user, at=clock.now())
    messages.success(request, "已停用，不再向这个地址发送。")
    return redirect("competitions:webhooks", slug)


@login_required
@require_POST
def webhook_ping(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    edition = managed(request, slug)
    ping_webhook(edition=edition, hook=get_webhook_of(edition, public_id), actor=request.user, at=clock.now())
    messages.success(request, "已发送一次测试，结果稍后显示在下方。")
    return redirect("competitions:webhooks", slug)
