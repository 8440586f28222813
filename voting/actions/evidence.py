"""Looking at what was kept of voters leaves a line in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit.journal import record
from voting.queries.case_selection import Preview, Selection, preview


@transaction.atomic
def search_evidence(*, edition: Edition, selection: Selection, actor: User, at: datetime) -> Preview:
    """Previews a selection for a member of the committee; the journal keeps who searched for what, and how many ballots it met."""
    found = preview(edition, selection)
    after = {"criteria": selection.described(), "ballots": found.count}
    record(verb="voting.evidence.searched", obj=edition, actor=actor, at=at, edition=edition.slug, after=after)
    return found
