"""What the parts of the dashboard ask alike, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from competitions.models import Edition, Round
from competitions.queries.schedule import StageView, rounds_of, schedule
from console.queries.results import LatestResult, latest_results
from console.queries.standing import Standing, standing
from console.queries.waiting import waiting
from voting.models import VoteCase


@dataclass(frozen=True, slots=True)
class Facts:
    """`case_count` vote cases wait for a second person, the oldest since `oldest_case`; `waiting` are the counts of the menu."""

    edition: Edition
    views: list[StageView]
    rounds: dict[str, Round]
    standing: Standing
    results: dict[str, LatestResult]
    case_count: int
    oldest_case: datetime | None
    waiting: dict[str, int]

    @property
    def failed(self) -> int:
        """Messages that were given up."""
        return self.waiting["failed"]

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
        rounds={one.kind: one for one in rounds_of(edition)},
        standing=standing(edition),
        results=latest_results(edition),
        case_count=found["count"],
        oldest_case=found["oldest"],
        waiting=waiting(edition),
    )
