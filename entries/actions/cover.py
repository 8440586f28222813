"""What is said about the cover of an entry; the picture itself is a file like the others (entries/actions/attachment.py)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.models import Attachment, Entry

FIELD = f"file.{Attachment.Kind.COVER}"


@transaction.atomic
def describe_cover(*, entry: Entry, words: str, actor: Actor, at: datetime) -> Entry:
    """Keeps what is on the picture, for those who cannot see it; may be empty. Refuses when files are not open to change."""
    locked = open_for_edit(entry, None, at)
    refuse_locked(locked, {FIELD: str(Attachment.Kind.COVER.label)})
    before, after = {"cover_alt": locked.cover_alt}, {"cover_alt": words.strip()}
    if before == after:
        return locked
    locked.cover_alt = words.strip()
    locked.save(update_fields=["cover_alt"])
    return close_edit(locked, changed=[FIELD], before=before, after=after, actor=actor, at=at, bumps=False)
