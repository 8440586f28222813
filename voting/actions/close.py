"""Closing the intake: the last ballots are sealed, then the `close` leaf ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from competitions.models import Edition
from core.actor import Actor
from core.audit.journal import record
from core.webhooks.announce import announce
from core.webhooks.events import ROUND_CLOSED
from voting.actions.case import write_released_cases
from voting.actions.ledger import WAIT_TO_CLOSE, append_lines, lock_ledger, seal_ballots, settled_ballot
from voting.actions.open import has_vote_to_open, open_vote
from voting.errors import LedgerBusy, NothingToVoteOn, NoVote, VoteStillOpen
from voting.models import LedgerLeaf
from voting.pure.leaf import close_leaf
from voting.queries.campaign import vote_schedule
from voting.queries.ledger import newest_checkpoint
from voting.queries.wording import moment_words

GRACE = timedelta(seconds=30)
"""How long after the end the closer waits: longer than any statement may run."""


def close_vote(*, edition: Edition, actor: Actor, at: datetime) -> LedgerLeaf:
    """Seals what is left and writes the `close` leaf; closing again returns the leaf there is.

    Intake has ended by the clock before: the closer waits out the longest statement, then takes a lock that waits for
    writers, so a ballot whose transaction was open across the end is sealed before `close`. The lock is let go before the
    ledger is written: other editions' votes do not wait for it. The leaf bears the end of the window. Cases released during
    the vote follow it. Refuses while the vote is or can be open (VoteStillOpen) and while writers do not finish (LedgerBusy).
    """
    found = _close_leaf(edition)
    if found is not None:
        return found
    schedule = vote_schedule(edition)
    if schedule is None:
        raise NoVote
    ends_at = schedule.ends_at
    if ends_at is None or at < ends_at + GRACE:
        raise VoteStillOpen(ends=moment_words(ends_at, edition), seconds=int(GRACE.total_seconds()))
    if newest_checkpoint(edition) is None:
        if not has_vote_to_open(edition, at):
            raise NothingToVoteOn
        open_vote(edition=edition, actor=actor, at=at)
    settled = settled_ballot(WAIT_TO_CLOSE)
    if settled is None:
        raise LedgerBusy
    return _write_close(edition, settled, ends_at, actor, at)


@transaction.atomic
def _write_close(edition: Edition, settled: int, ends_at: datetime, actor: Actor, at: datetime) -> LedgerLeaf:
    lock_ledger(edition)
    found = _close_leaf(edition)
    if found is not None:
        return found
    seal_ballots(edition, settled, at)
    append_lines(edition, [("close", close_leaf(at=ends_at))], at)
    write_released_cases(edition, at)
    leaf = LedgerLeaf.objects.get(edition=edition, kind=LedgerLeaf.Kind.CLOSE)
    after = {"index": leaf.index, "ended": ends_at.isoformat()}
    record(verb="voting.vote.closed", obj=edition, actor=actor, at=at, edition=edition.slug, after=after)
    announce(event=ROUND_CLOSED, edition=edition.slug, data={"round": "public_vote", "ended_at": ends_at.isoformat()}, at=at)
    return leaf


def _close_leaf(edition: Edition) -> LedgerLeaf | None:
    return LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.CLOSE).first()
