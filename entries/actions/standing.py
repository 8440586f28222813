"""Whether an entry stays in the race: disqualified by the organiser, or brought back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from core.errors import Blocked
from entries.actions.announcement import tell_applicant
from entries.actions.transition import advance, lock_entry
from entries.errors import NeverSubmitted, ReasonNeeded
from entries.models import Entry
from entries.queries.completeness import limit_reasons
from entries.queries.dossier import open_dossier


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

    It can then be examined whether or not the formality stage is still open (entries.queries.examinable). Refuses
    without a reason, an entry that was never submitted, and (Blocked) one that would take its organisation over the cap
    or whose organisation is excluded: leaving and coming back gets round no limit. Source: domain rules §9.2.
    """
    why = reason.strip()
    if not why:
        raise ReasonNeeded(what="恢复的理由")
    locked = lock_entry(entry)
    if locked.submitted_at is None:
        raise NeverSubmitted
    dossier = open_dossier(locked)
    Organisation.objects.select_for_update().get(pk=dossier.lead.organisation_id)
    reasons = limit_reasons(dossier)
    if reasons:
        raise Blocked(reasons)
    back = advance(entry, "reinstate", actor=actor, at=at, note=why)
    tell_applicant(back, "entry_reinstated", at, reason_text=why)
    return back
