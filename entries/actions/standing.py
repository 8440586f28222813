"""Whether an entry stays in the race: disqualified by the organiser, or brought back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from entries.actions.announcement import tell_applicant
from entries.actions.transition import advance, lock_entry
from entries.errors import NeverSubmitted, ReasonNeeded
from entries.models import Entry


@transaction.atomic
def disqualify_entry(*, entry: Entry, reason: str, actor: User, at: datetime) -> Entry:
    """Takes an accepted entry out of the race for a `reason`; the number stays with it and is given to nobody else.

    Refuses without a reason, and an entry that was not accepted. Source: domain rules §9.2.
    """
    why = reason.strip()
    if not why:
        raise ReasonNeeded(what="取消资格的理由")
    out = advance(entry, "disqualify", actor=actor, at=at, note=why)
    tell_applicant(out, "entry_disqualified", at, reason_text=why)
    return out


@transaction.atomic
def reinstate_entry(*, entry: Entry, reason: str, actor: User, at: datetime) -> Entry:
    """Brings a rejected, withdrawn or disqualified entry back to examination; its number, if it had one, stays.

    Refuses without a reason, and an entry that was never submitted. Source: domain rules §9.2.
    """
    why = reason.strip()
    if not why:
        raise ReasonNeeded(what="恢复的理由")
    if lock_entry(entry).submitted_at is None:
        raise NeverSubmitted
    back = advance(entry, "reinstate", actor=actor, at=at, note=why)
    tell_applicant(back, "entry_reinstated", at, reason_text=why)
    return back
