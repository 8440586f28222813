"""Giving waiting entries to examiners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User
from competitions.models import Edition, Role
from core.audit import journal
from core.errors import NotAllowed
from entries import states
from entries.actions.transition import lock_entry
from entries.errors import ExaminerUnfit
from entries.models import Entry, ExaminerAssignment
from entries.queries.assignment import examiners_of, unassigned_entries

ASSIGNABLE = (states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED)


@transaction.atomic
def assign_entry(*, entry: Entry, examiner: User, actor: User, at: datetime) -> ExaminerAssignment:
    """Gives an entry that is not decided to `examiner`; giving it again moves it. Picking up stays free: an assignment
    says whose work it is, it locks nobody out.

    Refuses anybody but an organiser, somebody without the role, and a member of an organisation that takes part.
    """
    locked = lock_entry(entry)
    if not actor.has_perm("entries.manage_entry", locked):
        raise NotAllowed
    _refuse_unfit(locked, examiner)
    before = ExaminerAssignment.objects.filter(entry=locked).first()
    if before is not None and before.examiner_id == examiner.pk:
        return before
    assignment, _ = ExaminerAssignment.objects.update_or_create(
        entry=locked, defaults={"examiner": examiner, "assigned_at": at, "assigned_by": actor}
    )
    journal.record(
        verb="entries.entry.assigned",
        obj=locked,
        actor=actor,
        at=at,
        edition=locked.edition.slug,
        before={"examiner": before.examiner.public_id} if before else {},
        after={"examiner": examiner.public_id},
    )
    return assignment


def spread_entries(*, edition: Edition, actor: User, at: datetime) -> tuple[int, int]:
    """Gives every waiting entry nobody has to the examiner with the least work who may examine it, the oldest first.
    Returns how many were given and how many nobody may examine."""
    loads = dict(examiners_of(edition))
    given = left = 0
    for entry in unassigned_entries(edition):
        for examiner in sorted(loads, key=lambda one: (loads[one], one.pk)):
            try:
                assign_entry(entry=entry, examiner=examiner, actor=actor, at=at)
            except ExaminerUnfit:
                continue
            loads[examiner] += 1
            given += 1
            break
        else:
            left += 1
    return given, left


def assign_many(
    *, entries: Iterable[Entry], examiner: User, actor: User, at: datetime
) -> tuple[int, list[tuple[Entry, str]]]:
    """Assigns each entry by itself; returns how many were given and, for the others, why not."""
    given, refused = 0, []
    for entry in entries:
        try:
            assign_entry(entry=entry, examiner=examiner, actor=actor, at=at)
        except ExaminerUnfit as refusal:
            refused.append((entry, refusal.text))
        else:
            given += 1
    return given, refused


def _refuse_unfit(entry: Entry, examiner: User) -> None:
    if entry.state not in ASSIGNABLE:
        raise ExaminerUnfit(examiner=examiner, fault=f"“{entry.title}”当前状态是“{states.LABELS[entry.state]}”。")
    held = Role.objects.filter(edition_id=entry.edition_id, user=examiner, kind=Role.Kind.EXAMINER, ended_at__isnull=True)
    if not held.exists():
        raise ExaminerUnfit(examiner=examiner, fault="对方不是本届的形式审查员。")
    parts = entry.applicants.values("organisation_id")
    if Membership.objects.filter(user=examiner, organisation_id__in=parts).exists():
        raise ExaminerUnfit(examiner=examiner, fault=f"对方是“{entry.title}”参赛单位的成员。")
