"""Beginning an entry from one of an earlier edition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from competitions.models import Edition
from core.errors import NotAllowed
from entries.actions.assets import COLUMNS
from entries.actions.details import WRITERS
from entries.actions.entry import start_entry
from entries.models import Entry, IPAsset
from entries.queries.content import TEXTS
from entries.queries.details import stored_details

# What belongs to the year or to a person's decision is given anew: revenue, figures, files, declarations, the track.
COPIED_BLOCKS = ("details", "transactions", "members")


@transaction.atomic
def copy_entry(*, source: Entry, edition: Edition, organisation: Organisation, actor: User, at: datetime) -> Entry:
    """A new draft in `edition` with the texts, patents and optional facts of `source`, which is remembered so that the
    page can say what has changed since. Refuses as `start_entry` does, and for an entry `actor` may not see."""
    if not actor.has_perm("entries.view_entry", source):
        raise NotAllowed
    entry = start_entry(edition=edition, organisation=organisation, actor=actor, at=at)
    for name in TEXTS:
        setattr(entry, name, getattr(source, name))
    entry.copied_from = source
    entry.save(update_fields=[*TEXTS, "copied_from"])
    columns = ("position", "number", *COLUMNS)
    IPAsset.objects.bulk_create(
        IPAsset(entry=entry, **{name: getattr(asset, name) for name in columns}) for asset in source.assets.all()
    )
    stored = stored_details(source)
    for name in COPIED_BLOCKS:
        if stored[name]:
            WRITERS[name](entry, stored[name])
    return entry
