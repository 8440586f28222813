"""Closing the intake: the last ballots are sealed, then the `close` leaf ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from competitions.models import Edition
from core.actor import Actor
from core.audit.journal import record
from voting.actions.ledger import WAIT_TO_CLOSE, append_lines, lock_ledger, seal_up_to, settled_ballot
from voting.actions.open import has_vote_to_open, open_vote
from voting.errors import LedgerBusy, NothingToVoteOn, NoVote, VoteStillOpen
from voting.models import LedgerLeaf
from voting.pure.leaf import close_leaf
from voting.queries.campaign import vote_schedule
from voting.queries.ledger import newest_checkpoint
from voting.queries.wording import moment_words

GRACE = timedelta(seconds=30)
"""How long after the end the closer waits: longer than any statement may run."""


@transaction.atomic
def close_vote(*, edition: Edition, actor: Actor, at: datetime) -> LedgerLeaf:
    """Seals what is left and writes the `close` leaf; closing again returns the leaf there is.

    Intake has ended by the clock before: the closer waits out the longest statement, then takes a lock that waits for
    writers, so a ballot whose transaction was open across the end is sealed before `close`. The leaf bears the end of the
    window. Refuses while the vote is or can be open (VoteStillOpen) and while writers do not finish (LedgerBusy).
    """
    found = LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.CLOSE).first()
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
    lock_ledger(edition)
    seal_up_to(edition, settled, at)
    append_lines(edition, [("close", close_leaf(at=ends_at))], at)
    leaf = LedgerLeaf.objects.get(edition=edition, kind=LedgerLeaf.Kind.CLOSE)
    after = {"index": leaf.index, "ended": ends_at.isoformat()}
    record(verb="voting.vote.closed", obj=edition, actor=actor, at=at, edition=edition.slug, after=after)
    return leaf
