"""The final tally: two persons approve the same ledger, then the `final` leaf carries the count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit.journal import record
from core.errors import Blocked
from voting.actions.ledger import append_lines, lock_ledger, withdrawal_lines
from voting.errors import AlreadyApproved, AlreadyFinal, VoteNotClosed
from voting.models import TallyApproval
from voting.pure.leaf import APPROVALS, final_leaf
from voting.queries.campaign import is_final
from voting.queries.final import current_approvals, final_blockers
from voting.queries.ledger import ledger_state, newest_checkpoint
from voting.queries.tally import sealed_tally


@transaction.atomic
def finalise_tally(*, edition: Edition, actor: User, at: datetime) -> TallyApproval:
    """Records `actor`'s approval of the tally; the second person's writes the `final` leaf.

    An approval is of one ledger (its size and root): a case released or an entry withdrawn afterwards makes it void, and both
    must look again. Refuses before the close (VoteNotClosed), while a ballot is unsealed or a case is open (Blocked, with all
    reasons), the same person twice (AlreadyApproved), and after the final tally (AlreadyFinal).
    """
    lock_ledger(edition)
    if is_final(edition):
        raise AlreadyFinal
    if not ledger_state(edition).is_closed:
        raise VoteNotClosed
    if reasons := final_blockers(edition):
        raise Blocked(reasons)
    if lines := withdrawal_lines(edition, at):
        append_lines(edition, lines, at)
    approved = current_approvals(edition)
    if any(approval.by_id == actor.pk for approval in approved):
        raise AlreadyApproved
    newest = newest_checkpoint(edition)
    assert newest is not None
    approval = TallyApproval.objects.create(edition=edition, size=newest.size, root=newest.root, by=actor, at=at)
    record(
        verb="voting.tally.approved",
        obj=approval,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={"size": newest.size, "root": newest.root},
    )
    if len(approved) + 1 >= APPROVALS:
        _write_final(edition, actor, len(approved) + 1, at)
    return approval


def _write_final(edition: Edition, actor: User, approved: int, at: datetime) -> None:
    found = sealed_tally(edition)
    assert found is not None
    tally = found.state.final_tally()
    append_lines(edition, [("final", final_leaf(tally=tally, approved=approved, at=at))], at)
    record(
        verb="voting.tally.finalised", obj=edition, actor=actor, at=at, edition=edition.slug, after={"tally": tally}
    )
