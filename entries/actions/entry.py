"""Beginning an entry and filling in its texts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import Membership, Organisation, User
from competitions.models import Edition
from core.actor import Actor
from core.audit import journal
from core.errors import NotAllowed
from entries.actions.transition import lock_entry
from entries.errors import EditedElsewhere, FieldLocked, RegistrationClosed
from entries.models import Entry, EntryApplicant, FieldComment
from entries.pure.declarations import DECLARATIONS
from entries.queries.content import TEXTS
from entries.queries.dossier import open_return
from entries.queries.editing import covers, edit_scope, refuse_edit
from entries.queries.extension import is_registration_open
from entries.queries.steps import words_for

EDITABLE_FIELDS = (*TEXTS, "track", *DECLARATIONS)


@transaction.atomic
def start_entry(*, edition: Edition, organisation: Organisation, actor: User, at: datetime) -> Entry:
    """A new draft led by `organisation`, for which `actor` must act; the only track of an edition is taken at once.

    Refuses outside the registration window and for somebody else's organisation. The cap of entries is counted when
    one is submitted: a draft takes nobody's place.
    """
    if not is_registration_open(edition, organisation, at):
        raise RegistrationClosed
    if not Membership.objects.filter(user=actor, organisation=organisation).exists():
        raise NotAllowed
    tracks = list(edition.tracks.all()[:2])
    entry = Entry.objects.create(
        edition=edition,
        track=tracks[0] if len(tracks) == 1 else None,
        created_at=at,
        created_by=actor,
        saved_at=at,
    )
    EntryApplicant.objects.create(
        entry=entry, organisation=organisation, part=EntryApplicant.Part.LEAD, joined_at=at
    )
    journal.record(
        verb="entries.entry.started",
        obj=entry,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={"organisation": organisation.public_id},
    )
    return entry


@transaction.atomic
def save_entry(*, entry: Entry, version: int, values: dict[str, Any], actor: Actor, at: datetime) -> Entry:
    """Keeps `values` (fields of EDITABLE_FIELDS; gaps are accepted) and returns the entry with its new version.

    `version` is the one the form was opened with. Refuses a form that somebody else's save has overtaken, an entry that
    is not with its applicant, and in a returned one every field the examiner did not name. Drafts are not journaled
    (their submission keeps the whole content); corrections are, with before and after.
    """
    unknown = set(values) - set(EDITABLE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of an applicant: {sorted(unknown)}")
    locked = open_for_edit(entry, version, at)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    refuse_locked(locked, {name: words_for(Entry, name) for name in changed})
    before = {name: getattr(locked, name) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    return close_edit(locked, changed=list(changed), before=before, after=changed, actor=actor, at=at)


def open_for_edit(entry: Entry, version: int | None, at: datetime) -> Entry:
    """The entry locked for its applicant's change; `version` None skips the token (files, single rows).

    Refuses by state and time first, so that nobody is asked to choose between two texts that cannot be saved.
    """
    locked = lock_entry(entry)
    refuse_edit(locked, at)
    if version is not None and version != locked.version:
        raise EditedElsewhere
    return locked


def refuse_locked(entry: Entry, changed: dict[str, str]) -> None:
    """Refuses when one of `changed` (name → words) is outside what the examiner opened."""
    scope = edit_scope(entry)
    for name, words in changed.items():
        if not scope.allows(name):
            raise FieldLocked(field=words)


def close_edit(
    entry: Entry,
    *,
    changed: list[str],
    before: dict[str, Any],
    after: dict[str, Any],
    actor: Actor,
    at: datetime,
    bumps: bool = True,
) -> Entry:
    """Ends a change: version, time, examiner's comments that are mended by it, and for corrections the journal line."""
    Entry.objects.filter(pk=entry.pk).update(saved_at=at, version=F("version") + int(bumps))
    entry.version += int(bumps)
    entry.saved_at = at
    review = open_return(entry)
    if review is None or not changed:
        return entry
    mended = [one.pk for one in review.comments.all() if any(_touches(one.field, name) for name in changed)]
    FieldComment.objects.filter(pk__in=mended).update(is_mended=True)
    journal.record(
        verb="entries.entry.corrected",
        obj=entry,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        before=before,
        after=after,
    )
    return entry


def _touches(comment: str, name: str) -> bool:
    """Whether changing `name` mends what `comment` speaks of: the field, something in it, or the whole it is part of."""
    return covers(comment, name) or covers(name, comment)
