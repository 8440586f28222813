"""Periodic jobs of the vote. The vote itself waits for none of them: its window is derived from time."""

from __future__ import annotations

import structlog

from competitions.models import Edition, Stage
from core import clock
from core.actor import SYSTEM
from core.errors import Refusal
from core.jobs import job
from voting.actions.anchor import anchor_ledger
from voting.actions.close import close_vote
from voting.actions.count import compare_count, count_ledger
from voting.actions.forget import replay_erasures
from voting.actions.ledger import seal_ledger
from voting.actions.open import has_vote_to_open, open_vote
from voting.exports.ledger import write_ledger
from voting.models import LedgerLeaf
from voting.queries.published import ledger_folder, ledgers_to_publish

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


@job(name="voting.count_ledgers")
def count_ledgers() -> None:
    """Every 30 seconds: the kept count follows the ledger."""
    at = clock.now()
    for edition in _editions():
        count_ledger(edition=edition, at=at)


@job(name="voting.compare_counts", time_limit=1_200)
def compare_counts() -> None:
    """Every night: the kept count against a count of all leaves from the first. A difference is an alarm on the monitor."""
    at = clock.now()
    for edition in _editions():
        count_ledger(edition=edition, at=at)
        count = compare_count(edition=edition, at=at)
        if count is not None and count.fault:
            log.error("count differs from the ledger", edition=edition.slug, fault=count.fault)


@job(name="voting.publish_ledgers")
def publish_ledgers() -> None:
    """Every 30 seconds: brings the public files up to the newest checkpoint. A ledger that contradicts what was published is
    left as it is and cried out, here and on the monitor."""
    at = clock.now()
    for edition in ledgers_to_publish():
        try:
            write_ledger(edition, ledger_folder(edition), at)
        except Refusal as refusal:
            log.error("ledger not published", edition=edition.slug, code=refusal.code, fault=refusal.text)


@job(name="voting.anchor_ledgers")
def anchor_ledgers() -> None:
    """After midnight, and again each hour should that have been missed: yesterday's checkpoint goes out by mail."""
    at = clock.now()
    for edition in Edition.objects.filter(published_at__isnull=False, archived_at__isnull=True, ledger_checkpoints__isnull=False).distinct():
        anchor_ledger(edition=edition, actor=SYSTEM, at=at)


@job(name="voting.replay_erasures")
def replay_voter_erasures() -> None:
    """Each hour: a database restored from an older backup forgets again."""
    for edition in replay_erasures(actor=SYSTEM, at=clock.now()):
        log.warning("voters forgotten again after a restore", edition=edition.slug)


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
