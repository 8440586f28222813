"""Approving a result: two different persons of the organiser, each for themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import journal
from core.errors import Blocked, NotAllowed, Reason
from results.actions.letters import tell_organisers
from results.errors import ApprovedAlready, ResultStale
from results.models import ResultApproval, RoundResult
from results.pure.awards import UNFILLED
from results.queries.drift import stale_reasons
from results.queries.record import open_decisions
from results.queries.state import result_state
from results.states import RESULT


@transaction.atomic
def approve_result(*, result: RoundResult, note: str = "", actor: User, at: datetime) -> RoundResult:
    """Records one person's approval; the second by another person makes the result approved.

    Whoever computed it may approve. Refuses a second approval by the same person, a result that is not awaiting one or
    whose inputs are different now, and, with all reasons, one in which the committee has still to decide; an award that
    may not stay vacant and cannot be given needs a note. Source: issue of the competition, trust.md §1.
    """
    result = RoundResult.objects.select_for_update(of=("self",)).select_related("round__edition").get(pk=result.pk)
    if not actor.has_perm("results.approve_result", result):
        raise NotAllowed
    if result.approvals.filter(by=actor).exists():
        raise ApprovedAlready(version=result.version)
    state = result_state(result)
    RESULT.target("approve", state)
    require_fresh(result, doing="核准")
    reasons = approval_reasons(result, note)
    if reasons:
        raise Blocked(reasons)
    approval = ResultApproval.objects.create(result=result, by=actor, at=at, note=note.strip())
    journal.record(
        verb="results.result.approved",
        obj=result,
        actor=actor,
        at=at,
        edition=result.round.edition.slug,
        before={"state": state},
        after={"state": result_state(result), "version": result.version, "sha256": result.sha256, "note": approval.note},
    )
    _tell(result, approval, at)
    return result


def _tell(result: RoundResult, approval: ResultApproval, at: datetime) -> None:
    """The others learn that a second person is awaited, or that it may be published."""
    context = {"round": result.round, "result": result, "by": approval.by, "state": result_state(result)}
    tell_organisers(edition=result.round.edition, template="result_approved", context=context, but=approval.by, at=at)


def require_fresh(result: RoundResult, *, doing: str) -> None:
    """Refuses (ResultStale) a version whose marks, votes, rules or entries are different now. `doing`: the step, in Chinese."""
    if changes := stale_reasons(result):
        raise ResultStale(changes, version=result.version, doing=doing)


def approval_reasons(result: RoundResult, note: str) -> list[Reason]:
    """What the committee has to decide or the approver to explain before the result can be approved."""
    reasons = []
    for row in open_decisions(result):
        where = f"{row['group_name']}“{row['name']}”"
        if row["status"] != UNFILLED:
            reasons.append(Reason("award_open", f"{where}还有并列未决定，请先由评委会决定并写明理由。"))
        elif not note.strip():
            reasons.append(Reason("award_unfilled", f"{where}不得空缺但名额未满，核准时请在意见中说明。", field="note"))
    return reasons
