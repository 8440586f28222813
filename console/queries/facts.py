"""What the parts of the dashboard ask alike, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from competitions.models import Edition, Round
from competitions.queries.schedule import StageView, schedule
from console.queries.results import LatestResult, latest_results
from console.queries.standing import Standing, standing
from console.queries.waiting import failed
from voting.models import VoteCase


@dataclass(frozen=True, slots=True)
class Facts:
    """`case_count` vote cases wait for a second person, the oldest since `oldest_case`; `failed` messages were given up."""

    edition: Edition
    views: list[StageView]
    rounds: dict[str, Round]
    standing: Standing
    results: dict[str, LatestResult]
    case_count: int
    oldest_case: datetime | None
    failed: int

    @property
    def waiting(self) -> dict[str, int]:
        """The counts of the menu (console.queries.waiting)."""
        return {"formality": self.standing.to_examine, "cases": self.case_count, "failed": self.failed}

    @property
    def round_names(self) -> dict[str, str]:
        return {kind: one.name for kind, one in self.rounds.items()}


def read_facts(edition: Edition, at: datetime) -> Facts:
    """Everything at `at`, in seven queries."""
    cases = VoteCase.objects.filter(edition=edition, release__isnull=True)
    found = cases.aggregate(count=Count("pk"), oldest=Min("proposed_at"))
    return Facts(
        edition=edition,
        views=schedule(edition, at),
        rounds={one.kind: one for one in edition.rounds.select_related("edition")},
        standing=standing(edition),
        results=latest_results(edition),
        case_count=found["count"],
        oldest_case=found["oldest"],
        failed=failed(edition),
    )
