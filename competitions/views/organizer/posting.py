"""What the organiser's forms have in common: an action that refuses answers in the form, one that succeeds leads on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core.errors import Blocked, Refusal

MANAGE = "competitions.manage_edition"


def managed(request: HttpRequest, slug: str) -> Edition:
    """The edition when the signed-in person organises it; 404 otherwise."""
    return get_edition_for(request.user, slug, to=MANAGE)


def carried_out(request: HttpRequest, form: BaseForm, act: Callable[[], object], done: str) -> bool:
    """Runs `act`, all of it or nothing; a refusal becomes an error of the form (with every reason), success the message
    `done`."""
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        reasons = [reason.message for reason in refusal.reasons] if isinstance(refusal, Blocked) else []
        form.add_error(None, [refusal.text, *reasons])
        return False
    messages.success(request, done)
    return True
