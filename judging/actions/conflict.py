"""Conflicts of interest: declared by the judge, decided by the organiser, found by the platform."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.rules import is_organiser
from core.actor import Actor
from core.audit import journal
from core.errors import NotAllowed
from entries.models import Entry
from judging import states
from judging.actions.guard import require, require_reason
from judging.actions.roadshow import move_room
from judging.errors import ConflictKnown
from judging.models import Assignment, ConflictOfInterest, ScoreSheet

Source = ConflictOfInterest.Source


@transaction.atomic
def declare_conflict(
    *, judge: User, entry: Entry, reason: str, is_detected: bool = False, actor: Actor, at: datetime
) -> ConflictOfInterest:
    """Records that a judge may not score an entry; assignments of the pair are withdrawn.

    The judge declares it: sheets submitted already stay. The organiser decides it, or confirms what the records hint at:
    submitted sheets no longer count either, and nobody takes them for a zero. Possible after the close, because a
    conflict may be found then. Refuses everybody else, a missing reason and a pair on record.
    """
    text = require_reason(reason)
    source = _source(judge, entry, actor, is_detected)
    known = ConflictOfInterest.objects.select_for_update().filter(judge=judge, entry=entry).first()
    if known is not None:
        raise ConflictKnown(judge=judge.actor_label, entry=entry.code, reason=known.reason)
    recorder = actor if isinstance(actor, User) else judge
    row = ConflictOfInterest.objects.create(
        judge=judge, entry=entry, source=source, reason=text, at=at, recorded_by=recorder
    )
    _record("judging.conflict.declared", row, actor, at, entry.edition.slug)
    withdraw_in_conflict(judge, entry, text, keeps_locked=source == Source.DECLARED, actor=actor, at=at)
    return row


@transaction.atomic
def lift_conflict(*, conflict: ConflictOfInterest, reason: str, actor: Actor, at: datetime) -> ConflictOfInterest:
    """The organiser removes a conflict recorded by mistake, with the reason; assignments do not come back by themselves.

    What the records hint at is put to the organiser again.
    """
    require(actor, "judging.manage_panel", conflict)
    text = require_reason(reason)
    locked = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    _record("judging.conflict.lifted", locked, actor, at, conflict.entry.edition.slug, note=text)
    locked.delete()
    return conflict


def withdraw_in_conflict(
    judge: User, entry: Entry, reason: str, *, keeps_locked: bool, actor: Actor, at: datetime
) -> None:
    """Takes every assignment of the pair back, in whatever round; `keeps_locked` leaves those with a submitted sheet,
    because a judge alone cannot undo what was submitted."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        seat__judge=judge, entry=entry, state=states.ASSIGNED
    ).select_related("seat__panel")
    if keeps_locked:
        rows = rows.exclude(pk__in=ScoreSheet.objects.filter(state=states.LOCKED).values("assignment_id"))
    for row in rows.order_by("pk"):
        row.state, row.reason = states.ASSIGNMENT.target("withdraw", row.state), reason
        row.save(update_fields=["state", "reason"])
        move_room(row.seat.panel.round_id)
        journal.record(
            verb="judging.assignment.withdrawn",
            obj=row,
            actor=actor,
            at=at,
            edition=entry.edition.slug,
            before={"state": states.ASSIGNED},
            after={"state": row.state, "reason": reason},
        )


def _source(judge: User, entry: Entry, actor: Actor, is_detected: bool) -> str:
    """The organiser decides, the judge declares; anybody else may do neither."""
    if actor == judge:
        return Source.DECLARED
    if isinstance(actor, User) and not is_organiser(actor, entry):
        raise NotAllowed
    return Source.DETECTED if is_detected else Source.DECIDED


def _record(verb: str, row: ConflictOfInterest, actor: Actor, at: datetime, edition: str, note: str = "") -> None:
    content = {"judge": row.judge_id, "entry": row.entry_id, "source": row.source, "reason": row.reason, "note": note}
    journal.record(verb=verb, obj=row, actor=actor, at=at, edition=edition, after=content)
