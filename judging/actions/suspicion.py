"""What the records hint at: the organiser confirms it as a conflict, or finds that it is none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import journal
from entries.models import Entry
from judging.actions.assignment import share_entries
from judging.actions.conflict import declare_conflict
from judging.actions.guard import require, require_reason
from judging.errors import NothingSuspected
from judging.models import ConflictDismissal, ConflictOfInterest, PanelSeat
from judging.queries.conflict import Suspicion, open_suspicions
from judging.queries.participants import invited_ids


@transaction.atomic
def confirm_suspicion(*, judge: User, entry: Entry, note: str, actor: User, at: datetime) -> ConflictOfInterest:
    """The organiser finds that it is a conflict: the judge never scores the entry, and sheets there are void.

    `note` may add to what was found. Refuses everybody else and a pair of which nothing is open.
    """
    require(actor, "judging.manage_panel", entry)
    found = _open(judge, entry)
    reason = "；".join(part for part in (found.reason, note.strip()) if part)[:200]
    return declare_conflict(judge=judge, entry=entry, reason=reason, is_detected=True, actor=actor, at=at)


@transaction.atomic
def dismiss_suspicion(*, judge: User, entry: Entry, reason: str, actor: User, at: datetime) -> ConflictDismissal:
    """The organiser finds that it is none, with the reason; the pair may be assigned. A new hint is put up again.

    In a round everybody scores together the judge gets the entry at once. Refuses everybody else, a missing reason and
    a pair of which nothing is open.
    """
    require(actor, "judging.manage_panel", entry)
    text = require_reason(reason)
    found = _open(judge, entry)
    row, _ = ConflictDismissal.objects.update_or_create(
        judge=judge,
        entry=entry,
        defaults={"grounds": [one.ground for one in found.findings], "reason": text, "at": at, "by": actor},
    )
    seats = PanelSeat.objects.filter(judge=judge, panel__round__edition=entry.edition_id)
    for seat in seats.select_related("panel__round__edition", "judge"):
        if entry.pk in invited_ids(seat.panel.round):
            share_entries(seat, at=at)
    journal.record(
        verb="judging.conflict.dismissed",
        obj=row,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        after={"judge": judge.pk, "entry": entry.pk, "grounds": row.grounds, "reason": text},
    )
    return row


def _open(judge: User, entry: Entry) -> Suspicion:
    found = open_suspicions([entry], [judge])
    if not found:
        raise NothingSuspected(judge=judge.actor_label, entry=entry.code)
    return found[0]
