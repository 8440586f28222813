"""The messages of an edition: what was sent, what was not, and sending it once more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.pure.identity import mask_identity
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from console.message_forms import OutboxFilter
from console.queries.outbox import counts, get_message_of, kinds_sent, readable_body
from core import clock
from core.outbox.deliver import resend_message
from core.outbox.kinds import kind_of
from core.outbox.listing import messages_of
from core.outbox.models import Message
from core.outbox.reveal import reveal_recipient

MANAGE = "competitions.manage_edition"
PAGE = 50
BADGES: dict[str, tuple[str, str]] = {
    Message.State.QUEUED: ("clock", "info"),
    Message.State.SENT: ("check", "ok"),
    Message.State.FAILED: ("alert", "danger"),
}


@login_required
@require_safe
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Mails and short messages of the edition, newest first."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    form = OutboxFilter(request.GET, kinds=kinds_sent(edition))
    wanted = form.cleaned_data if form.is_valid() else {}
    state = request.GET.get("state", "")
    page = Paginator(messages_of(edition.slug, state, **wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "form": form,
        "is_filtered": any(wanted.values()),
        "state": state,
        "chips": _chips(edition, state),
        "page": page,
        "rows": [{"message": one, "recipient": mask_identity(one.recipient), "badge": BADGES[one.state]} for one in page],
        "at": clock.now(),
    }
    return render(request, "console/outbox.html", context)


@login_required
@require_safe
def message(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One message with its text and what became of it; the address is masked."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    return _message(request, edition, get_message_of(edition, public_id), reveals=False)


@login_required
@require_POST
@never_cache
def reveal(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The same page with the address in full, once; that somebody looked goes to the journal."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    found = get_message_of(edition, public_id)
    reveal_recipient(message=found, actor=request.user, at=clock.now())
    return _message(request, edition, found, reveals=True)


@login_required
@require_POST
def resend(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Puts a message that was given up into the queue again."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    found = get_message_of(edition, public_id)
    resend_message(message=found, actor=request.user, at=clock.now())
    messages.success(request, f"“{found.subject or '短信'}”已重新排队发送。")
    return redirect(f"{reverse('console:outbox', args=[slug])}?state=failed")


def _chips(edition: Edition, state: str) -> list[dict]:
    number, url = counts(edition), reverse("console:outbox", args=[edition.slug])
    chips = [{"label": "全部", "url": url, "current": state not in Message.State.values, "count": number.total()}]
    for value, label in Message.State.choices:
        chips.append({"label": label, "url": f"{url}?state={value}", "current": state == value, "count": number[value]})
    return chips


def _message(request: HttpRequest, edition: Edition, found: Message, *, reveals: bool) -> HttpResponse:
    context = {
        "edition": edition,
        "message": found,
        "kind": kind_of(found.kind) if found.kind else None,
        "recipient": found.recipient if reveals else mask_identity(found.recipient),
        "reveals": reveals,
        "body": readable_body(found),
        "badge": BADGES[found.state],
    }
    return render(request, "console/message.html", context)
