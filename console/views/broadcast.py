"""Writing to many: the message, its preview with the number of people, the sending, and its record."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.pure.identity import mask_identity
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from console.message_forms import BroadcastForm
from console.queries.outbox import broadcasts_of, get_broadcast_of
from core import clock
from core.errors import Refusal
from core.outbox.audiences import Recipient, all_audiences
from core.outbox.broadcast import Letter, preview, send_broadcast
from core.outbox.models import Message
from core.outbox.reach import reach
from core.public_id import new_public_id

MANAGE = "competitions.manage_edition"
SHOWN = 8


@login_required
@require_safe
def broadcast_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything written to many, with how much of it went out."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    return render(request, "console/broadcast_list.html", {"edition": edition, "broadcasts": broadcasts_of(edition)[:200]})


@login_required
@require_safe
def broadcast_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One of them as it was written, and those it did not reach."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    found = get_broadcast_of(edition, public_id)
    failed = [{"message": one, "recipient": mask_identity(one.recipient)} for one in found.messages.filter(state="failed")[:50]]
    return render(request, "console/broadcast_detail.html", {"edition": edition, "broadcast": found, "failed": failed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def broadcast_write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write, look at it as a recipient will, then send. Only what was shown is sent."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    form = BroadcastForm(request.POST or None)
    wants = request.POST.get("action", "")
    if request.method != "POST" or wants == "edit" or not form.is_valid():
        status = 422 if request.method == "POST" and wants != "edit" else 200
        return render(request, "console/broadcast_write.html", {"edition": edition, "form": form}, status=status)
    audience = next(one for one in all_audiences() if one.code == form.cleaned_data["audience"])
    written = form.cleaned_data
    letter = Letter(audience, written["subject"], written["body"], by_mail=written["by_mail"], by_sms=written["by_sms"])
    if wants != "send":
        return _preview(request, edition, form, letter)
    key = request.POST.get("key", "")
    try:
        sent = send_broadcast(
            edition=edition,
            key=key if 4 <= len(key) <= 12 and key.isalnum() else new_public_id(),
            letter=letter,
            expected=request.POST.get("figures", ""),
            actor=request.user,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _preview(request, edition, form, letter, refusal)
    messages.success(request, f"已登记发送给 {sent.count} 人，发送情况见下。")
    return redirect("console:broadcast-detail", slug, sent.public_id)


def _preview(
    request: HttpRequest, edition: Edition, form: BroadcastForm, letter: Letter, refusal: Refusal | None = None
) -> HttpResponse:
    found = reach(letter.audience, edition, by_mail=letter.by_mail, by_sms=letter.by_sms)
    example = found.people[0] if found.people else Recipient("收件人", "")
    subject, body = preview(edition, letter.subject, letter.body, example)
    context = {
        "edition": edition,
        "form": form,
        "audience": letter.audience,
        "reach": found,
        "ways": [(Message.Channel(way).label, found.count(way)) for way in (Message.Channel.MAIL, Message.Channel.SITE, Message.Channel.SMS)],
        "people": [{"name": one.name, "address": mask_identity(one.address)} for one in found.people[:SHOWN]],
        "more": max(len(found.people) - SHOWN, 0),
        "subject": subject,
        "body": body,
        "key": new_public_id(),
        "refusal": refusal,
    }
    return render(request, "console/broadcast_preview.html", context, status=refusal.status if refusal else 200)
