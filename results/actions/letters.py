"""Letters about what changed in results: to the organisers who have to act, and to those who hold a certificate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from competitions.models import Edition
from core.actor import Actor
from core.outbox.send import queue_message
from results.models import Certificate
from results.queries.recipients import organiser_addresses, recipients_of


def tell_organisers(*, edition: Edition, template: str, context: dict[str, Any], but: Actor, at: datetime) -> None:
    """Mails everybody who organises the edition, but not `but`, who did it."""
    for recipient in organiser_addresses(edition, but=but):
        queue_message(
            channel="mail", recipient=recipient, template=template, context={**context, "edition": edition}, at=at, edition=edition.slug
        )


def tell_holders(*, certificates: list[Certificate], template: str, at: datetime) -> None:
    """Mails the applicants of each certificate's entry. A certificate reissued says which one it replaces."""
    addresses = recipients_of(one.award.placing.entry_id for one in certificates)
    for one in certificates:
        award, edition = one.award, one.award.award_type.edition
        context = {"edition": edition, "certificate": one, "award": award.award_type, "entry": award.placing.entry, "replaced": one.replaces}
        for recipient in addresses.get(award.placing.entry_id, []):
            queue_message(channel="mail", recipient=recipient, template=template, context=context, at=at, edition=edition.slug)
