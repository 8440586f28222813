"""Asking how firm a result is, and working it out in a job. Derived from a frozen record: nothing of it is journaled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core import jobs
from core.errors import NotAllowed
from core.fault import Fault
from results.models import RoundResult, StabilityReport
from results.queries.stability_report import measure, step_count

LOST_AFTER = timedelta(minutes=10)  # longer than the job may run
State = StabilityReport.State


@transaction.atomic
def request_stability(*, result: RoundResult, actor: User, at: datetime) -> StabilityReport:
    """Queues the analysis of a result for whoever may see it; asked again, it is the same one unless that failed."""
    if not actor.has_perm("results.view_result", result):
        raise NotAllowed
    fresh = {"state": State.QUEUED, "done": 0, "steps": 0, "requested_at": at, "touched_at": at, "message": ""}
    report, is_new = StabilityReport.objects.get_or_create(sha256=result.sha256, defaults=fresh)
    if not is_new and report.state == State.FAILED:
        StabilityReport.objects.filter(pk=report.pk, state=State.FAILED).update(**fresh)
        report.refresh_from_db()
    if report.state == State.QUEUED:
        jobs.enqueue("results.measure_stability", report_id=report.pk)
    return report


def run_stability(*, report_id: int, at: datetime) -> StabilityReport:
    """Works a queued analysis out, telling after each computation how far it is. Safe to run twice: the same record gives
    the same report. Not one transaction: progress must be seen."""
    report = StabilityReport.objects.get(pk=report_id)
    result = RoundResult.objects.filter(sha256=report.sha256).select_related("round__edition").first()
    if report.state != State.QUEUED or result is None:
        return report
    mine = StabilityReport.objects.filter(pk=report.pk)
    mine.update(steps=step_count(result), done=0, touched_at=at)

    def tell() -> None:
        mine.update(done=F("done") + 1)

    try:
        content = measure(result, tell=tell)
    except Fault as fault:
        mine.update(state=State.FAILED, message=fault.message[:300], finished_at=at)
    else:
        mine.update(state=State.DONE, content=content, finished_at=at)
    report.refresh_from_db()
    return report


def waiting_reports(at: datetime) -> list[int]:
    """Requests whose message was lost, or whose worker died."""
    late = StabilityReport.objects.filter(state=State.QUEUED, touched_at__lt=at - LOST_AFTER)
    return list(late.order_by("pk").values_list("pk", flat=True))
