"""Asking for a computation and carrying it out in a job, so that the page can say what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.models import Round
from core import jobs
from core.audit import journal
from core.errors import Blocked, NotAllowed, Refusal
from results.actions.computation import computation_reasons, compute_round
from results.errors import ComputationRunning
from results.models import Computation

LOST_AFTER = timedelta(minutes=1)


@transaction.atomic
def request_computation(
    *, round: Round, reason: str = "", plain_mean_reason: str = "", actor: User, at: datetime
) -> Computation:
    """Queues the computation of a round for the organiser; see `compute_round` for `reason` and `plain_mean_reason`.

    Refuses at once (Blocked), and queues nothing, while anything stands in the way; one request of a round at a time.
    """
    if not actor.has_perm("results.compute_result", round):
        raise NotAllowed
    reasons = computation_reasons(round, reason, at)
    if reasons:
        raise Blocked(reasons)
    try:
        with transaction.atomic():
            request = Computation.objects.create(
                round=round,
                reason=reason.strip()[:300],
                plain_mean_reason=plain_mean_reason.strip()[:300],
                requested_at=at,
                requested_by=actor,
            )
    except IntegrityError:
        raise ComputationRunning(round=round.name) from None
    journal.record(
        verb="results.computation.requested",
        obj=request,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        after={"round": round.kind, "reason": request.reason, "plain_mean_reason": request.plain_mean_reason},
    )
    jobs.enqueue("results.compute_round", computation_id=request.pk)
    return request


@transaction.atomic
def run_computation(*, computation_id: int, at: datetime) -> Computation:
    """Carries out a queued request; what is refused is kept on it as sentences, and no half result is stored.

    Safe to run twice: a request that is done or refused stays as it is.
    """
    rows = Computation.objects.select_for_update(of=("self",)).select_related("round__edition", "requested_by")
    request = rows.get(pk=computation_id)
    if request.state != Computation.State.QUEUED:
        return request
    try:
        with transaction.atomic():
            request.result = compute_round(
                round=request.round,
                reason=request.reason,
                plain_mean_reason=request.plain_mean_reason,
                actor=request.requested_by,
                at=at,
            )
        request.state = Computation.State.DONE
    except Refusal as refusal:
        request.state, request.message = Computation.State.REFUSED, _sentences(refusal)
    request.finished_at = at
    request.save(update_fields=["result", "state", "message", "finished_at"])
    return request


def waiting_computations(at: datetime) -> list[int]:
    """Primary keys of requests that should have been carried out by `at`."""
    lost = Computation.objects.filter(state=Computation.State.QUEUED, requested_at__lte=at - LOST_AFTER)
    return list(lost.order_by("requested_at").values_list("pk", flat=True))


def _sentences(refusal: Refusal) -> str:
    return "\n".join(one.message for one in refusal.reasons) if isinstance(refusal, Blocked) else refusal.text
