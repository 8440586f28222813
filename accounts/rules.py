"""Permissions on organisations."""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import Membership, Organisation


def role_in(user: Any, organisation: Organisation) -> str:
    """The role `user` has in the organisation, or an empty string."""
    found = Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()
    return found or ""


@rules.predicate
def is_member(user: Any, organisation: Organisation) -> bool:
    return bool(role_in(user, organisation))


@rules.predicate
def is_owner(user: Any, organisation: Organisation) -> bool:
    return role_in(user, organisation) == Membership.Role.OWNER


rules.add_perm("accounts.view_organisation", rules.is_authenticated & is_member)
rules.add_perm("accounts.manage_organisation", rules.is_authenticated & is_owner)
