"""Looking at the contacts of an entry, which are hidden until somebody needs them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from core.audit import journal
from core.errors import NotAllowed
from entries.models import Entry


@transaction.atomic
def reveal_contacts(*, entry: Entry, actor: User, at: datetime) -> list[Organisation]:
    """The organisations of an entry with their contacts; that `actor` looked is journaled, what they saw is not.

    Refuses whoever does not examine or organise.
    """
    if not actor.has_perm("entries.examine_entry", entry):
        raise NotAllowed
    organisations = [one.organisation for one in entry.applicants.select_related("organisation")]
    journal.record(
        verb="entries.contact.revealed",
        obj=entry,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        after={"organisations": [one.public_id for one in organisations]},
    )
    return organisations
