"""To whom a result is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Membership
from entries.models import EntryApplicant


def recipients_of(entry_ids: Iterable[int]) -> dict[int, list[str]]:
    """Entry → mail addresses, once each: the contact of every organisation that confirmed, else its members'."""
    applicants = list(
        EntryApplicant.objects.filter(entry_id__in=list(entry_ids), joined_at__isnull=False).select_related("organisation")
    )
    bare = [one.organisation_id for one in applicants if not one.organisation.contact_email]
    members: dict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(organisation_id__in=bare, user__email__isnull=False)
    for organisation, email in rows.values_list("organisation_id", "user__email"):
        members[organisation].append(email)
    found: dict[int, list[str]] = defaultdict(list)
    for one in applicants:
        contact = one.organisation.contact_email
        found[one.entry_id] += [contact] if contact else members[one.organisation_id]
    return {entry: list(dict.fromkeys(addresses)) for entry, addresses in found.items()}
