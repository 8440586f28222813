"""Confirming preset values one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.errors import PresetUnknown
from competitions.models import Edition, PresetConfirmation
from competitions.pure.edition_preset import UNCONFIRMED_KEYS
from core.audit import journal


@transaction.atomic
def confirm_preset(*, edition: Edition, key: str, actor: User, at: datetime) -> PresetConfirmation:
    """Takes the mark 待确认 off a preset value. Safe to do twice. Refuses a key that needs no confirmation."""
    if key not in UNCONFIRMED_KEYS:
        raise PresetUnknown(key=key)
    confirmation, made = PresetConfirmation.objects.get_or_create(
        edition=edition, key=key, defaults={"confirmed_at": at, "confirmed_by": actor}
    )
    if made:
        journal.record(
            verb="competitions.preset.confirmed", obj=edition, actor=actor, at=at, edition=edition.slug, after={"key": key}
        )
    return confirmation


def confirm_changed(*, edition: Edition, keys: Iterable[str], actor: User, at: datetime) -> None:
    """Whoever sets a value has confirmed it. Keys that need no confirmation are passed over. Called inside an action."""
    for key in sorted(UNCONFIRMED_KEYS.intersection(keys)):
        confirm_preset(edition=edition, key=key, actor=actor, at=at)
