"""Who may not score whom: recorded conflicts and those the records show."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Membership
from entries.models import Entry
from judging.models import ConflictOfInterest, PanelSeat

Pair = tuple[int, int]


def recorded_conflicts(entry_ids: Iterable[int], judge_ids: Iterable[int]) -> dict[Pair, str]:
    """(judge, entry) → reason, of every conflict on record."""
    rows = ConflictOfInterest.objects.filter(entry_id__in=list(entry_ids), judge_id__in=list(judge_ids))
    return {(row.judge_id, row.entry_id): row.reason for row in rows}


def detected_conflicts(entry_ids: Iterable[int], judge_ids: Iterable[int]) -> dict[Pair, str]:
    """(judge, entry) → reason, of judges who belong to an applicant of the entry or filled the entry in."""
    entries, judges = list(entry_ids), list(judge_ids)
    members = Membership.objects.filter(user_id__in=judges, organisation__applications__entry_id__in=entries)
    rows = members.values_list("user_id", "organisation__applications__entry_id", "organisation__name")
    found = {(judge, entry): f"是参赛单位{name}的成员" for judge, entry, name in rows if entry in set(entries)}
    makers = Entry.objects.filter(pk__in=entries, created_by_id__in=judges).values_list("created_by_id", "pk")
    return {**dict.fromkeys(makers, "填报了这个项目"), **found}


def all_conflicts(entry_ids: Iterable[int], judge_ids: Iterable[int]) -> dict[Pair, str]:
    """Recorded and detected conflicts together."""
    entries, judges = list(entry_ids), list(judge_ids)
    return {**detected_conflicts(entries, judges), **recorded_conflicts(entries, judges)}


def conflict_reason(seat: PanelSeat, entry: Entry) -> str:
    """Why the seat's judge may not score the entry; empty when nothing stands against it."""
    return all_conflicts([entry.pk], [seat.judge_id]).get((seat.judge_id, entry.pk), "")
