"""How far the result of each round is, for every round at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from competitions.models import Edition
from results.models import RoundResult
from results.queries.state import APPROVALS
from results.states import APPROVED, PROPOSED, PUBLISHED


@dataclass(frozen=True, slots=True)
class LatestResult:
    """The newest version of a round's result: how many approvals it has, whether it is public."""

    approvals: int
    is_published: bool

    @property
    def state(self) -> str:
        if self.is_published:
            return PUBLISHED
        return APPROVED if self.approvals >= APPROVALS else PROPOSED

    @property
    def approvals_missing(self) -> int:
        return max(APPROVALS - self.approvals, 0)


def latest_results(edition: Edition) -> dict[str, LatestResult]:
    """Kind of round → its newest version; rounds without one are left out. One query."""
    rows = RoundResult.objects.filter(round__edition=edition).annotate(approved=Count("approvals"))
    ordered = rows.order_by("version").values_list("round__kind", "approved", "publication__at")
    return {kind: LatestResult(approved, at is not None) for kind, approved, at in ordered}
