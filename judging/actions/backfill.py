"""Who moves up to a final after its list was published (递补): told at once, with dates of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from competitions.models import Round
from competitions.queries.schedule import stage_window
from core.actor import Actor
from core.audit import journal
from core.outbox.send import queue_message
from entries.models import Entry
from judging.models import FinalistReply
from judging.queries.finalist import addresses_of, terms_for, terms_of

TERM = timedelta(days=3)


def welcome_later(round: Round, entries: Iterable[Entry], *, actor: Actor, at: datetime) -> list[FinalistReply]:
    """Notes that each entry moved up, gives it three days to answer and to hand in its deck where the round's dates leave
    less, at most until the round begins, and mails its lead. For the action that publishes the corrected list, inside its
    transaction."""
    terms, opens = terms_of(round), stage_window(round.stage).opens_at
    found = []
    for entry in entries:
        reply, _ = FinalistReply.objects.get_or_create(round=round, entry=entry)
        reply.backfilled_at = at
        reply.reply_by = _own(terms.reply_by, opens, at)
        reply.deck_by = _own(terms.deck_by, opens, at)
        reply.save(update_fields=["backfilled_at", "reply_by", "deck_by"])
        after = {"round": round.kind, "reply_by": reply.reply_by, "deck_by": reply.deck_by}
        journal.record(verb="judging.finalist.backfilled", obj=entry, actor=actor, at=at, edition=round.edition.slug, after=after)
        _tell(round, reply, at)
        found.append(reply)
    return found


def _own(common: datetime | None, opens: datetime | None, at: datetime) -> datetime | None:
    """A date of its own; None where the round's date leaves time enough or there is none."""
    if common is None or common >= at + TERM:
        return None
    latest = at + TERM
    return max(common, min(latest, opens)) if opens is not None and opens > at else latest


def _tell(round: Round, reply: FinalistReply, at: datetime) -> None:
    context = {"edition": round.edition, "round": round, "entry": reply.entry, "terms": terms_for(round, reply)}
    for address in addresses_of(reply.entry):
        queue_message(
            channel="mail", recipient=address, template="finalist-backfilled", context=context, at=at, edition=round.edition.slug
        )
