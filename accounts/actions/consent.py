"""Giving and withdrawing consent (PIPL 14, 15: withdrawing is as easy as giving)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Consent, User
from core.actor import Actor
from core.audit import journal


@transaction.atomic
def give_consent(
    *, user: User, document: str, version: int, subject: str = "", actor: Actor, at: datetime
) -> Consent:
    """Record that `user` agreed to `document` in `version`, about `subject`; the same consent twice is one row."""
    consent, is_new = Consent.objects.get_or_create(
        user=user,
        document=document,
        version=version,
        subject=subject,
        withdrawn_at=None,
        defaults={"given_at": at},
    )
    if is_new:
        after = {"document": document, "version": version, "subject": subject}
        journal.record(verb="accounts.consent.given", obj=consent, actor=actor, at=at, after=after)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, actor: Actor, at: datetime) -> Consent:
    """Withdraw a consent from now on; what was done before stays lawful (PIPL 15). Withdrawing again changes nothing."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        journal.record(verb="accounts.consent.withdrawn", obj=consent, actor=actor, at=at)
    return consent
