"""Which other systems are told of an edition's events."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.errors import WebhookThere
from competitions.models import Edition
from core.audit import journal
from core.errors import NotAllowed
from core.webhooks.announce import queue_delivery
from core.webhooks.deliver import SECRET_LABEL
from core.webhooks.events import PING
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.target import read_target
from core.wrapping import wrap


@transaction.atomic
def add_webhook(*, edition: Edition, url: str, events: Sequence[str], actor: User, at: datetime) -> tuple[Webhook, str]:
    """Tells `url` of `events` from now on; returns the row and the secret that signs, which is shown this once.

    Refuses an address that may not be called (BadTarget) and one that is told already (WebhookThere).
    """
    _require(edition, actor)
    read_target(url)
    secret = secrets.token_urlsafe(32)
    wrapped = wrap(secret.encode(), key=settings.KEY_WRAPPING_KEY, label=SECRET_LABEL)
    fields = {"url": url, "events": list(events), "wrapped_secret": wrapped}
    try:
        with transaction.atomic():
            hook = Webhook.objects.create(edition=edition.slug, created_at=at, created_by=actor.actor_label, **fields)
    except IntegrityError:
        raise WebhookThere from None
    after = {"url": url, "events": list(events)}
    journal.record(verb="competitions.webhook.added", obj=hook, actor=actor, at=at, edition=edition.slug, after=after)
    return hook, secret


@transaction.atomic
def end_webhook(*, edition: Edition, hook: Webhook, actor: User, at: datetime) -> Webhook:
    """Tells the address nothing more; what still waits is not sent. Ending it again changes nothing."""
    _require(edition, actor)
    locked = Webhook.objects.select_for_update().get(pk=hook.pk)
    if locked.ended_at is None:
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        waiting = locked.deliveries.filter(state=WebhookDelivery.State.QUEUED)
        waiting.update(state=WebhookDelivery.State.FAILED, last_error="地址已停用。")
        journal.record(verb="competitions.webhook.ended", obj=locked, actor=actor, at=at, edition=edition.slug)
    return locked


@transaction.atomic
def ping_webhook(*, edition: Edition, hook: Webhook, actor: User, at: datetime) -> WebhookDelivery:
    """Sends an event that means nothing, to try the address."""
    _require(edition, actor)
    journal.record(verb="competitions.webhook.pinged", obj=hook, actor=actor, at=at, edition=edition.slug)
    return queue_delivery(hook, PING, {}, at)


def _require(edition: Edition, actor: User) -> None:
    if not actor.has_perm("competitions.manage_edition", edition):
        raise NotAllowed
