"""Periodic and queued jobs of the foundation."""

from __future__ import annotations

from core import clock
from core.audit.seal import seal_journal
from core.files.orphans import sweep_orphans
from core.jobs import job
from core.outbox.deliver import deliver_message as deliver
from core.outbox.deliver import waiting_messages
from core.uploads.session import sweep_uploads
from core.webhooks.deliver import deliver_webhook as deliver_hook
from core.webhooks.deliver import waiting_webhooks


@job(name="core.deliver_message")
def deliver_message(*, message_id: int) -> None:
    deliver(message_id=message_id, at=clock.now())


@job(name="core.deliver_waiting_messages")
def deliver_waiting_messages() -> None:
    at = clock.now()
    for message_id in waiting_messages(at):
        deliver(message_id=message_id, at=at)


@job(name="core.seal_audit_journal")
def seal_audit_journal() -> None:
    seal_journal(at=clock.now())


@job(name="core.sweep_files")
def sweep_files() -> None:
    """What abandoned uploads and interrupted removals left on the disk."""
    at = clock.now()
    sweep_uploads(at=at)
    sweep_orphans(at=at)


@job(name="core.deliver_webhook")
def deliver_webhook(*, delivery_id: int) -> None:
    deliver_hook(delivery_id=delivery_id, at=clock.now())


@job(name="core.deliver_waiting_webhooks", time_limit=1500)
def deliver_waiting_webhooks() -> None:
    at = clock.now()
    for delivery_id in waiting_webhooks(at):
        deliver_hook(delivery_id=delivery_id, at=at)
