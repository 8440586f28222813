"""To whom a result is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Membership
from competitions.models import Edition, Role
from core.actor import Actor
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


def organiser_addresses(edition: Edition, *, but: Actor) -> list[str]:
    """The mail addresses of everybody who organises the edition now, but not of `but`, who knows what they did."""
    held = Role.objects.filter(edition=edition, kind=Role.Kind.ORGANISER, ended_at__isnull=True, user__is_active=True, user__email__isnull=False)
    found = held.exclude(user__public_id=but.actor_code).order_by("pk")
    return list(dict.fromkeys(found.values_list("user__email", flat=True)))
