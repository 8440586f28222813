"""Public notices and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from competitions.models import Edition
from results.models import Notice, Objection, RoundResult
from results.queries.objections import ObjectionCounts, objection_counts
from results.queries.state import current_result

RUNNING, OVER, CLOSED, CORRECTED = "running", "over", "closed", "corrected"
WORDS = {RUNNING: "公示中", OVER: "期满待结束", CLOSED: "已结束", CORRECTED: "已更正"}


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice with its state (one of WORDS) and the numbers of its objections."""

    notice: Notice
    state: str
    counts: ObjectionCounts

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def takes_objections(self) -> bool:
        return self.state == RUNNING


def published_notices(edition: Edition) -> QuerySet[Notice]:
    """The edition's public notices, newest first."""
    found = Notice.objects.filter(edition=edition, published_at__isnull=False)
    return found.select_related("result__round__edition", "closing__by").defer("result__record").order_by("-opens_at", "-pk")


def show_notice(notice: Notice, at: datetime) -> ShownNotice:
    return ShownNotice(notice, notice_state(notice, at), objection_counts(Objection.objects.filter(notice=notice)))


def notice_state(notice: Notice, at: datetime) -> str:
    """closed when somebody closed it, running inside its period, else over; corrected when another version is in force."""
    if hasattr(notice, "closing"):
        return CLOSED
    if at < notice.closes_at:
        return RUNNING
    current = current_result(notice.result.round)
    return OVER if current is None or current.pk == notice.result_id else CORRECTED


def notice_of(result: RoundResult) -> Notice | None:
    """The published notice of a result."""
    return result.notices.filter(published_at__isnull=False).select_related("closing").first()
