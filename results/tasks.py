"""Jobs of results."""

from __future__ import annotations

from core import clock
from core.jobs import job
from results.actions.request import run_computation, waiting_computations


@job(name="results.compute_round")
def compute_round(*, computation_id: int) -> None:
    """Computes what the organiser asked for; a second run of the same request does nothing."""
    run_computation(computation_id=computation_id, at=clock.now())


@job(name="results.compute_waiting_rounds")
def compute_waiting_rounds() -> None:
    """Takes up requests whose message was lost."""
    at = clock.now()
    for computation_id in waiting_computations(at):
        run_computation(computation_id=computation_id, at=at)
