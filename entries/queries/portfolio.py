"""The portfolio of an entry at registration, now, and before the final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from competitions.models import Edition, Stage
from competitions.queries.schedule import find_stage
from entries import states
from entries.models import Entry, PortfolioSnapshot
from entries.pure.portfolio_growth import Growth, growth_between
from entries.queries.content import portfolio_content

Moment = PortfolioSnapshot.Moment


@dataclass(frozen=True, slots=True)
class PortfolioChange:
    """From the snapshot at registration to the one before the final, or to the list as it is now (`until` None)."""

    since: datetime
    until: datetime | None
    before: int
    after: int
    growth: Growth
    added: list[dict[str, Any]]


def portfolio_change(entry: Entry) -> PortfolioChange | None:
    """What the entry's portfolio gained since registration; None before the entry was accepted."""
    taken = {one.moment: one for one in entry.snapshots.all()}
    first, last = taken.get(Moment.REGISTRATION), taken.get(Moment.FINAL)
    if first is None:
        return None
    old = first.content["assets"]
    new = last.content["assets"] if last else portfolio_content(entry)["assets"]
    growth = growth_between(old, new)
    added = [row for row in new if row.get("number") in growth.added]
    return PortfolioChange(first.at, last.at if last else None, len(old), len(new), growth, added)


def final_moment(edition: Edition) -> datetime | None:
    """When the portfolio is frozen for the final: the edition's last day for new filings, else the final's beginning."""
    rules = edition.entry_rules
    if rules.filings_until:
        return rules.filings_until
    stage = find_stage(edition, Stage.Kind.FINAL)
    return stage.opens_at if stage else None


def unfrozen_entries(edition: Edition) -> QuerySet[Entry]:
    """Accepted entries without a snapshot before the final."""
    frozen = PortfolioSnapshot.objects.filter(moment=Moment.FINAL).values("entry_id")
    return edition.entries.filter(state=states.ACCEPTED).exclude(pk__in=frozen).order_by("pk")
