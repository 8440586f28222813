"""The anchor of a day: its checkpoint mailed to entrants and judges, so that history cannot be rewritten behind them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from competitions.models import Edition
from core import clock
from core.actor import Actor
from core.audit.journal import record
from core.outbox.send import queue_message
from voting.models import LedgerAnchor, LedgerCheckpoint
from voting.queries.anchor import anchor_recipients


@transaction.atomic
def anchor_ledger(*, edition: Edition, actor: Actor, at: datetime) -> LedgerAnchor | None:
    """Mails the last checkpoint signed before today (Asia/Shanghai) to every entrant and judge, once.

    None before there is one, and when it has been mailed: a day without a new leaf sends nothing.
    """
    today = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    signed = LedgerCheckpoint.objects.filter(edition=edition, at__lt=today)
    checkpoint = signed.order_by("-size").first()
    Edition.objects.select_for_update().get(pk=edition.pk)
    if checkpoint is None or LedgerAnchor.objects.filter(edition=edition, checkpoint__size__gte=checkpoint.size).exists():
        return None
    day = (today - timedelta(days=1)).date()
    recipients = anchor_recipients(edition)
    anchor = LedgerAnchor.objects.create(
        edition=edition, day=day, checkpoint=checkpoint, at=at, recipients=len(recipients)
    )
    context = {"edition": edition, "day": day, "checkpoint": checkpoint}
    for recipient in recipients:
        queue_message(
            channel="mail", recipient=recipient, template="ledger-anchor", context=context, at=at, edition=edition.slug
        )
    after = {"day": day.isoformat(), "size": checkpoint.size, "root": checkpoint.root, "recipients": len(recipients)}
    record(verb="voting.ledger.anchored", obj=anchor, actor=actor, at=at, edition=edition.slug, after=after)
    return anchor
