"""What the chief judge looks at."""

from __future__ import annotations

from competitions.models import Edition, Round
from judging.queries.access import SCORED


def scored_rounds(edition: Edition) -> list[Round]:
    """The rounds of the edition that have a panel, in order, with stage and overrides."""
    rounds = edition.rounds.filter(kind__in=SCORED, panels__isnull=False).select_related("stage", "edition")
    return list(rounds.prefetch_related("stage__overrides").order_by("position"))
