"""Periodic and queued jobs of the foundation."""

from __future__ import annotations

from core import clock
from core.audit.seal import seal_journal
from core.jobs import job
from core.outbox.send import deliver_message as deliver
from core.outbox.send import waiting_messages


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
