"""Who may see, fill in and examine an entry."""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import Membership
from competitions.models import Role
from competitions.rules import has_role, is_organiser
from entries.models import Entry

may_examine = has_role(Role.Kind.EXAMINER, Role.Kind.ORGANISER)
may_oversee = has_role(Role.Kind.EXAMINER, Role.Kind.ORGANISER, Role.Kind.AUDITOR)


@rules.predicate
def acts_for_applicant(user: Any, entry: Entry | None) -> bool:
    """Is a member of an organisation that takes part in the entry and has confirmed it."""
    if entry is None or not user.is_authenticated:
        return False
    confirmed = entry.applicants.filter(joined_at__isnull=False).values("organisation_id")
    return Membership.objects.filter(user=user, organisation_id__in=confirmed).exists()


@rules.predicate
def acts_for_lead(user: Any, entry: Entry | None) -> bool:
    """Is a member of the organisation that leads the entry."""
    if entry is None or not user.is_authenticated:
        return False
    lead = entry.applicants.filter(part="lead").values("organisation_id")
    return Membership.objects.filter(user=user, organisation_id__in=lead).exists()


rules.add_perm("entries.view_entry", acts_for_applicant | may_oversee)
rules.add_perm("entries.edit_entry", acts_for_lead)
rules.add_perm("entries.submit_entry", acts_for_lead)
rules.add_perm("entries.examine_entry", may_examine)
rules.add_perm("entries.list_entries", may_oversee)
rules.add_perm("entries.manage_entry", is_organiser)
