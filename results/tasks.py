"""Jobs of results."""

from __future__ import annotations

from core import clock
from core.jobs import job
from results.actions.forget_objectors import forget_objectors as forget
from results.actions.material import drop_stale_materials
from results.actions.package import build_package as build
from results.actions.package import drop_expired_packages, waiting_packages
from results.actions.request import run_computation, waiting_computations
from results.actions.stability import run_stability, waiting_reports


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


@job(name="results.measure_stability")
def measure_stability(*, report_id: int) -> None:
    """Works out how firm a result is; a second run of the same request does nothing."""
    run_stability(report_id=report_id, at=clock.now())


@job(name="results.measure_waiting_stability", time_limit=900)
def measure_waiting_stability() -> None:
    """Takes up analyses whose message was lost."""
    at = clock.now()
    for report_id in waiting_reports(at):
        run_stability(report_id=report_id, at=at)


@job(name="results.build_package", time_limit=600)
def build_package(*, package_id: int) -> None:
    """Builds the complete package an organiser asked for; a second run of the same request does nothing."""
    build(package_id=package_id, at=clock.now())


@job(name="results.tend_packages", time_limit=900)
def tend_packages() -> None:
    """Deletes packages whose time is over and takes up requests that were lost."""
    at = clock.now()
    drop_expired_packages(at=at)
    for package_id in waiting_packages(at):
        build(package_id=package_id, at=at)


@job(name="results.forget_objectors")
def forget_objectors() -> None:
    """Once a day: who objected is forgotten with the archiving of the edition, files of objections never filed after two days."""
    at = clock.now()
    forget(at=at)
    drop_stale_materials(at=at)
