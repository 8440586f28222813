"""Who receives the checkpoint of a day, and the newest one for the board."""

from __future__ import annotations

from competitions.models import Edition, Role
from entries.models import EntryApplicant
from voting.models import LedgerAnchor

JUDGES = (Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)


def anchor_recipients(edition: Edition) -> list[str]:
    """Mail addresses, once each: the contact of every organisation with a numbered entry, and every judge."""
    entrants = EntryApplicant.objects.filter(entry__edition=edition, entry__number__isnull=False, joined_at__isnull=False)
    contacts = entrants.values_list("organisation__contact_email", flat=True)
    judges = Role.objects.filter(edition=edition, kind__in=JUDGES, user__is_active=True)
    addresses = [*contacts, *judges.values_list("user__email", flat=True)]
    return sorted({address for address in addresses if address})


def newest_anchor(edition: Edition) -> LedgerAnchor | None:
    """The last day's checkpoint that was mailed."""
    return LedgerAnchor.objects.filter(edition=edition).select_related("checkpoint").order_by("-day").first()
