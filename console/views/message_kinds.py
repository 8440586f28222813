"""Which messages the platform sends by itself, and what the edition decides about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from competitions.queries.access import get_edition_for
from console.message_forms import KindForm
from core import clock
from core.outbox.kinds import MessageKind, edition_kinds
from core.outbox.models import MessageSetting
from core.outbox.own_wording import Wording, sample_of, wording_of
from core.outbox.setting import set_message

MANAGE = "competitions.manage_edition"


@login_required
@require_safe
def kind_list(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_edition_for(request.user, slug, to=MANAGE)
    own = {one.kind: one for one in MessageSetting.objects.filter(edition=slug)}
    rows = [{"kind": kind, "own": own.get(kind.code), "has_wording": wording_of(kind.code) is not None} for kind in edition_kinds()]
    return render(request, "console/message_kinds.html", {"edition": edition, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Switches one kind off or on, where it is optional, and keeps the paragraph that is added to it and its own words."""
    edition = get_edition_for(request.user, slug, to=MANAGE)
    found = _adjustable(kind)
    own = MessageSetting.objects.filter(edition=slug, kind=kind).first()
    wording = wording_of(kind)
    form = KindForm(
        request.POST or None,
        initial=_initial(own, wording),
        is_optional=found.is_optional,
        has_note=found.has_note,
        wording=wording,
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = form.cleaned_data
        if "reset" in request.POST:
            values |= {"subject": "", "body": ""}
        if wording and "preview" in request.POST:
            words = values["subject"] or wording.subject, values["body"] or wording.body
            preview = sample_of(wording, *words, {"edition": edition})
    if request.method == "POST" and form.is_valid() and preview is None:
        set_message(
            edition=slug,
            kind=kind,
            is_off=not values.get("is_on", True),
            note=values.get("note", ""),
            subject=values.get("subject", ""),
            body=values.get("body", ""),
            actor=request.user,
            at=clock.now(),
        )
        messages.success(request, f"“{found.name}”的设置已保存。")
        return redirect("console:message-kinds", slug)
    context = {"edition": edition, "kind": found, "form": form, "wording": wording, "own": own, "preview": preview}
    return render(request, "console/message_kind.html", context)


def _initial(own: MessageSetting | None, wording: Wording | None) -> dict[str, Any]:
    """What is in force."""
    initial: dict[str, Any] = {"is_on": not (own and own.is_off), "note": own.note if own else ""}
    if wording is not None:
        has_own = own is not None and bool(own.body)
        initial |= {"subject": own.subject if own and has_own else wording.subject, "body": own.body if own and has_own else wording.body}
    return initial


def _adjustable(code: str) -> MessageKind:
    found = next((one for one in edition_kinds() if one.code == code), None)
    if found is None or not (found.is_optional or found.has_note or wording_of(code)):
        raise Http404
    return found
