"""The number of an entry (参赛编号): edition-wide, from 1 without gaps, never given twice."""

from __future__ import annotations

from django.db.models import Max

from competitions.models import Edition
from entries.models import Entry


def take_number(entry: Entry) -> int:
    """The entry's number, or the next free one of its edition.

    The edition's row stays locked until the end of the transaction: whoever accepts at the same time waits and reads
    the number this transaction wrote. A number stays with its entry when that is withdrawn or disqualified, so the
    highest number always counts every number ever given.
    """
    if entry.number is not None:
        return entry.number
    Edition.objects.select_for_update(no_key=True).get(pk=entry.edition_id)
    return highest_number(entry.edition_id) + 1


def highest_number(edition_id: int) -> int:
    """The highest number given in the edition so far; 0 before the first."""
    return Entry.objects.filter(edition_id=edition_id).aggregate(highest=Max("number"))["highest"] or 0
