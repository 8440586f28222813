"""Examiners of an edition with their work, and entries nobody was given."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from accounts.models import User
from competitions.models import Edition, Role
from entries import states
from entries.models import Entry, ExaminerAssignment

WAITING = (states.SUBMITTED, states.UNDER_REVIEW)


def examiners_of(edition: Edition) -> list[tuple[User, int]]:
    """Everybody who holds the examiner's role now, with how many waiting entries they have been given."""
    people = User.objects.filter(
        roles__edition=edition, roles__kind=Role.Kind.EXAMINER, roles__ended_at__isnull=True, is_active=True
    ).distinct()
    waiting = ExaminerAssignment.objects.filter(entry__edition=edition, entry__state__in=WAITING)
    counts = dict(waiting.order_by().values_list("examiner_id").annotate(n=Count("pk")))
    return [(person, counts.get(person.pk, 0)) for person in people.order_by("pk")]


def unassigned_entries(edition: Edition) -> QuerySet[Entry]:
    """Waiting entries that no examiner was given, the longest waiting first."""
    rows = edition.entries.filter(state__in=WAITING, assignment__isnull=True)
    return rows.order_by("submitted_at", "pk")


def chosen_entries(edition: Edition, public_ids: list[str], limit: int) -> list[Entry]:
    """Entries of the edition by their public ids, in the order of waiting; what is not of it is left out."""
    rows = edition.entries.filter(public_id__in=public_ids).exclude(state=states.DRAFT)
    return list(rows.select_related("edition", "track", "group").order_by("submitted_at", "pk")[:limit])
