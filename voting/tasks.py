"""Periodic jobs of the vote. The vote itself waits for none of them: its window is derived from time."""

from __future__ import annotations

import structlog

from competitions.models import Edition, Stage
from core import clock
from core.actor import SYSTEM
from core.errors import Refusal
from core.jobs import job
from voting.actions.close import close_vote
from voting.actions.ledger import seal_ledger
from voting.actions.open import has_vote_to_open, open_vote
from voting.models import LedgerLeaf

log = structlog.get_logger(__name__)


def _editions() -> list[Edition]:
    """Public editions whose vote is not final yet."""
    final = LedgerLeaf.objects.filter(kind=LedgerLeaf.Kind.FINAL).values("edition_id")
    voting = Stage.objects.filter(kind=Stage.Kind.PUBLIC_VOTE).values("edition_id")
    public = Edition.objects.filter(published_at__isnull=False, archived_at__isnull=True, pk__in=voting)
    return list(public.exclude(pk__in=final))


@job(name="voting.seal_ledgers")
def seal_ledgers() -> None:
    """Every 30 seconds: what was accepted is in the signed tree within a minute."""
    at = clock.now()
    for edition in _editions():
        seal_ledger(edition=edition, at=at)


@job(name="voting.open_due_votes")
def open_due_votes() -> None:
    """Opens the ledgers of votes whose time has come; the first vote would do it too."""
    at = clock.now()
    for edition in _editions():
        if has_vote_to_open(edition, at):
            open_vote(edition=edition, actor=SYSTEM, at=at)


@job(name="voting.close_due_votes")
def close_due_votes() -> None:
    """Closes the ledgers of votes that have ended; one that still is open, or empty, is left for later."""
    at = clock.now()
    for edition in _editions():
        try:
            close_vote(edition=edition, actor=SYSTEM, at=at)
        except Refusal as refusal:
            log.debug("vote not closed", edition=edition.slug, code=refusal.code)
