"""Queues what other systems are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core import jobs
from core.canonical import canonical_json
from core.webhooks.models import Webhook, WebhookDelivery


def announce(*, event: str, edition: str, data: dict[str, Any], at: datetime) -> list[WebhookDelivery]:
    """One delivery for each address of the edition (its slug) that wants `event`; sent after the act has committed.

    `data` holds public values only: codes, titles, versions, hashes.
    """
    wanting = [hook for hook in Webhook.objects.filter(edition=edition, ended_at__isnull=True) if event in hook.events]
    return [queue_delivery(hook, event, data, at) for hook in wanting]


def queue_delivery(hook: Webhook, event: str, data: dict[str, Any], at: datetime) -> WebhookDelivery:
    """One delivery of `event` to `hook`, sent after the act has committed."""
    body = {"event": event, "edition": hook.edition, "at": at.isoformat(), "data": data}
    made = WebhookDelivery.objects.create(
        webhook=hook, event=event, body=canonical_json(body).decode(), queued_at=at, due_at=at
    )
    jobs.enqueue("core.deliver_webhook", delivery_id=made.pk)
    return made
