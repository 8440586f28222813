"""Counting what was sealed: the kept count goes on at the last leaf it has seen; a nightly recount from the leaves compares."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from competitions.models import Edition
from core import clock
from entries.pure.entry_code import entry_code
from voting.models import HourCount, LedgerCount
from voting.pure.hours import Hour, HourBook
from voting.pure.tally import TallyState
from voting.queries.count import last_voting_days, recount, sealed_votes
from voting.queries.ledger import newest_checkpoint
from voting.queries.tally import bring_forward

STEP = 20_000
"""Leaves counted in one transaction."""


def count_ledger(*, edition: Edition, at: datetime) -> LedgerCount | None:
    """Brings the kept count and the hours up to the newest checkpoint, in steps; None before the ledger is opened.

    The work follows the new leaves, not the ledger. Safe to run twice: each step starts at what the last one has committed.
    """
    newest = newest_checkpoint(edition)
    if newest is None:
        return None
    while True:
        count = _step(edition, newest.size, newest.root, at)
        if count.size >= newest.size:
            return count


@transaction.atomic
def compare_count(*, edition: Edition, at: datetime) -> LedgerCount | None:
    """Counts every leaf from the first and says in `fault` how the kept count differs; empty when it does not.

    A count that differs is left as it is, so that somebody can look; `rebuild_count` makes it anew.
    """
    count = LedgerCount.objects.select_for_update().filter(edition=edition).first()
    if count is None:
        return None
    count.fault = "；".join(_differences(edition, count))
    count.compared_at, count.compared_size = at, count.size
    count.save(update_fields=["fault", "compared_at", "compared_size"])
    return count


def rebuild_count(*, edition: Edition, at: datetime) -> LedgerCount | None:
    """Throws the kept count away and counts again from the first leaf."""
    with transaction.atomic():
        HourCount.objects.filter(edition=edition).delete()
        LedgerCount.objects.filter(edition=edition).delete()
    return count_ledger(edition=edition, at=at)


@transaction.atomic
def _step(edition: Edition, size: int, root: str, at: datetime) -> LedgerCount:
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    count = LedgerCount.objects.filter(edition=edition).first()
    state = TallyState.from_dict(count.state) if count else TallyState()
    start, until = state.size, min(size, state.size + STEP)
    bring_forward(edition, state, until)
    _add_hours(edition, start, until)
    values = {"size": until, "root": root if until == size else "", "state": state.as_dict(), "counted_at": at}
    return LedgerCount.objects.update_or_create(edition=edition, defaults=values)[0]


def _add_hours(edition: Edition, start: int, until: int) -> None:
    votes = list(sealed_votes(edition, start, until))
    book = HourBook(last_voting_days(edition, {tag for _, tag, _, _ in votes}, start))
    for at, tag, number, level in votes:
        book.add(at=at, day=clock.local_day(at), tag=tag, entry=entry_code(number), level=level)
    known = {row.hour: row for row in HourCount.objects.filter(edition=edition, hour__in=book.hours)}
    for moment, hour in book.hours.items():
        _put(known.get(moment) or _empty(edition, moment), hour)


def _put(row: HourCount, hour: Hour) -> None:
    row.minutes = [old + new for old, new in zip(row.minutes, hour.minutes, strict=True)]
    row.entries = dict(Counter(row.entries) + hour.entries)
    row.levels = dict(Counter(row.levels) + Counter({str(level): votes for level, votes in hour.levels.items()}))
    row.new_voters += hour.new
    row.returning_voters += hour.returning
    row.save()


def _empty(edition: Edition, moment: datetime) -> HourCount:
    return HourCount(
        edition=edition, hour=moment, minutes=[0] * 60, entries={}, levels={}, new_voters=0, returning_voters=0
    )


def _differences(edition: Edition, count: LedgerCount) -> list[str]:
    found = recount(edition, count.size)
    kept = TallyState.from_dict(count.state).counted()
    wrong = [
        f"{code} 号记为 {kept[code].total if code in kept else '无'} 票，账本重算 {counted.total} 票"
        for code, counted in found.tally.items()
        if kept.get(code) != counted
    ]
    kept_hours: Counter[str] = Counter()
    for entries in HourCount.objects.filter(edition=edition).values_list("entries", flat=True):
        kept_hours.update(entries)
    wrong += [
        f"{code} 号各小时合计 {kept_hours[code]} 票，账本 {votes} 票" for code, votes in found.votes.items() if kept_hours[code] != votes
    ]
    return wrong
