"""The messages of an edition: what was sent, what was not, and sending it once more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from competitions.queries.access import get_edition_for
from console.queries.outbox import counts, get_message_of, masked, messages_of
from core import clock
from core.outbox.models import Message
from core.outbox.send import resend_message

MANAGE = "competitions.manage_edition"
PAGE = 50


@login_required
@require_safe
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Mails and short messages of the edition, newest first."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    state, number = request.GET.get("state", ""), counts(edition)
    page = Paginator(messages_of(edition, state), PAGE).get_page(request.GET.get("page"))
    url = reverse("console:outbox", args=[slug])
    chips = [{"label": "全部", "url": url, "current": state not in Message.State.values, "count": number.total()}]
    for value, label in Message.State.choices:
        chips.append({"label": label, "url": f"{url}?state={value}", "current": state == value, "count": number[value]})
    context = {
        "edition": edition,
        "chips": chips,
        "page": page,
        "rows": [{"message": one, "recipient": masked(one.recipient), "badge": BADGES[one.state]} for one in page],
        "at": clock.now(),
    }
    return render(request, "console/outbox.html", context)


BADGES: dict[str, tuple[str, str]] = {
    Message.State.QUEUED: ("clock", "info"),
    Message.State.SENT: ("check", "ok"),
    Message.State.FAILED: ("alert", "danger"),
}


@login_required
@require_POST
def resend(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Puts a message that was given up into the queue again."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    message = get_message_of(edition, public_id)
    resend_message(message=message, actor=request.user, at=clock.now())
    messages.success(request, f"“{message.subject or '短信'}”已重新排队发送。")
    return redirect(f"{reverse('console:outbox', args=[slug])}?state=failed")
