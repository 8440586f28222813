"""What people are in a word, for lists that group them (accounts.home_sections.register_labels)."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from competitions.models import Role


def role_labels(users: Sequence[User]) -> dict[int, str]:
    """The kind of the first role each of `users` holds, by primary key; people without a role are left out."""
    held = Role.objects.filter(user__in=users, ended_at__isnull=True).order_by("-pk")
    return {role.user_id: str(role.get_kind_display()) for role in held}
