"""Whom to remind of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from competitions.models import Edition, Stage
from competitions.queries.schedule import find_stage, is_stage_open, view_stage
from entries import states
from entries.models import Entry, ExaminerAssignment, FormalityReview
from entries.queries.extension import registration_extended_to

SOON = timedelta(days=3)
WAITING_LIMIT = timedelta(days=3)


def drafts_ending(edition: Edition, at: datetime) -> list[tuple[Entry, datetime]]:
    """Drafts whose registration ends within three days, with the end that holds for them (the stage's or their own)."""
    stage = find_stage(edition, Stage.Kind.REGISTRATION)
    if stage is None:
        return []
    ends_at = view_stage(stage, at).ends_at
    found = []
    for entry in edition.entries.filter(state=states.DRAFT).select_related("created_by").prefetch_related("applicants__organisation"):
        lead = next((one.organisation for one in entry.applicants.all() if one.part == "lead"), None)
        own = registration_extended_to(edition, lead) if lead and edition.extensions.exists() else None
        end = max(ends_at, own) if ends_at and own else ends_at or own
        if end and at < end <= at + SOON:
            found.append((entry, end))
    return found


def returns_ending(edition: Edition, at: datetime) -> list[tuple[Entry, datetime]]:
    """Returned entries whose term ends within three days."""
    rows = FormalityReview.objects.filter(
        entry__edition=edition,
        entry__state=states.RETURNED,
        decision=FormalityReview.Decision.RETURN,
        due_at__gt=at,
        due_at__lte=at + SOON,
    )
    return [(one.entry, one.due_at) for one in rows.select_related("entry__created_by") if one.due_at]


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for an examiner: entries that wait longer than three days, and the end of the stage when it is near."""

    examiner: User
    count: int
    oldest: datetime
    ends_at: datetime | None


def examiners_waiting(edition: Edition, at: datetime) -> list[Work]:
    """Examiners with entries that were given to them, or that they hold, and that wait too long or must be done soon."""
    if not is_stage_open(edition, Stage.Kind.FORMALITY, at):
        return []
    stage = find_stage(edition, Stage.Kind.FORMALITY)
    ends_at = view_stage(stage, at).ends_at if stage else None
    near = ends_at if ends_at and ends_at - at <= SOON else None
    waiting = (states.SUBMITTED, states.UNDER_REVIEW)
    given = ExaminerAssignment.objects.filter(entry__edition=edition, entry__state__in=waiting)
    held = FormalityReview.objects.filter(entry__edition=edition, decision="")
    found: dict[User, dict[int, datetime]] = {}
    for row in [*given.select_related("examiner", "entry"), *held.select_related("examiner", "entry")]:
        if row.entry.submitted_at:
            found.setdefault(row.examiner, {})[row.entry_id] = row.entry.submitted_at
    works = []
    for examiner, entries in found.items():
        late = [since for since in entries.values() if near or at - since >= WAITING_LIMIT]
        if late:
            works.append(Work(examiner, len(late), min(late), near))
    return sorted(works, key=lambda one: one.examiner.pk)
