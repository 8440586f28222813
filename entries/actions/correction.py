"""The organiser mends a name or a contact of a submitted entry, with a reason, as a new version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actions import edit_organisation
from accounts.models import User
from core.audit import journal
from core.errors import NotAllowed, WrongState
from entries import states
from entries.actions.announcement import tell_applicant
from entries.actions.submission import freeze_submission
from entries.actions.transition import lock_entry
from entries.errors import NothingChanged, ReasonNeeded
from entries.models import Entry, Submission
from entries.queries.dossier import open_dossier
from entries.queries.steps import words_for

TEXTS = ("title", "short_name")
CONTACTS = ("contact_name", "contact_mobile", "contact_email")
CORRECTED_STATES = (states.SUBMITTED, states.UNDER_REVIEW, states.ACCEPTED)


@transaction.atomic
def correct_entry(*, entry: Entry, values: dict[str, Any], reason: str, actor: User, at: datetime) -> Submission:
    """Changes `title`, `short_name` or the lead's `contact_name`, `contact_mobile`, `contact_email`; returns the new version.

    Number, group and state stay; the applicant is told what was changed and why. Refuses anybody but an organiser, a
    draft and a returned entry (their applicant can do it), an empty reason, an unreadable contact (Blocked), and values
    that change nothing. Source: domain rules §9.2.
    """
    locked = lock_entry(entry)
    if not actor.has_perm("entries.manage_entry", locked):
        raise NotAllowed
    if locked.state not in CORRECTED_STATES:
        raise WrongState(state=states.LABELS[locked.state], verb="更正")
    why = reason.strip()
    if not why:
        raise ReasonNeeded(what="更正的理由")
    organisation = open_dossier(locked).lead.organisation
    texts = {name: values[name].strip() for name in TEXTS if name in values and values[name].strip()}
    texts = {name: text for name, text in texts.items() if getattr(locked, name) != text}
    before = {name: getattr(locked, name) for name in texts}
    contacts = {name: values[name] for name in CONTACTS if name in values}
    old = {name: getattr(organisation, name) for name in contacts}
    if contacts:
        organisation = edit_organisation(organisation=organisation, values=contacts, actor=actor, at=at)
    new = {name: getattr(organisation, name) for name in contacts if getattr(organisation, name) != old[name]}
    if not texts and not new:
        raise NothingChanged
    for name, text in texts.items():
        setattr(locked, name, text)
    locked.version += 1
    locked.save(update_fields=[*texts, "version"])
    submission = freeze_submission(open_dossier(locked), at)
    changed = [*(words_for(Entry, name) for name in texts), *(["联系人"] if new else [])]
    journal.record(
        verb="entries.entry.amended",
        obj=locked,
        actor=actor,
        at=at,
        edition=locked.edition.slug,
        before={**before, "contact": bool(new)},
        after={**texts, "reason": why, "receipt": submission.receipt},
    )
    tell_applicant(locked, "entry_amended", at, changed=changed, reason_text=why, submission=submission)
    return submission
