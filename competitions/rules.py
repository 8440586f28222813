"""Permissions of an edition. A predicate takes (user, object); the object leads to its edition."""

from __future__ import annotations

from typing import Any

import rules

from competitions.models import Edition, Role

Kind = Role.Kind
SEATED = (Kind.JUDGE, Kind.CHIEF_JUDGE, Kind.COACH)
"""Roles of experts from outside; everybody else with a role works for the edition."""
STAFF = (Kind.ORGANISER, Kind.EXAMINER, Kind.AUDITOR)


def role_kinds(user: Any, edition_id: int) -> frozenset[str]:
    """Kinds of the roles `user` holds in the edition."""
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    return frozenset(role.kind for role in held_roles(user) if role.edition_id == edition_id)


def held_roles(user: Any) -> list[Role]:
    """The roles a signed-in person holds now, with their editions; read once a request (kept on the user object)."""
    if not hasattr(user, "_held_roles"):
        user._held_roles = list(Role.objects.filter(user=user, ended_at__isnull=True).select_related("edition").order_by("pk"))
    return user._held_roles


def works_for_an_edition(user: Any) -> bool:
    """Whether a role of theirs is more than an expert's from outside: such people sign in with a second factor."""
    return any(role.kind not in SEATED for role in held_roles(user))


def forget_roles(user: Any) -> None:
    """After a grant or an ending, the next question reads anew."""
    if hasattr(user, "_held_roles"):
        del user._held_roles


def edition_id_of(obj: Any) -> int | None:
    """The primary key of the edition an object belongs to, following `edition`, `round`, `entry`, `seat` or `track`."""
    if isinstance(obj, Edition):
        return obj.pk
    if hasattr(obj, "edition_id"):
        return obj.edition_id
    for name in ("round", "entry", "seat", "panel", "track", "result", "draw", "stage"):
        if getattr(obj, name, None) is not None:
            return edition_id_of(getattr(obj, name))
    return None


def has_role(*kinds: str) -> rules.Predicate:
    """Holds one of the roles in the object's edition."""

    def test(user: Any, obj: Any) -> bool:
        edition_id = edition_id_of(obj) if obj is not None else None
        return edition_id is not None and bool(role_kinds(user, edition_id) & set(kinds))

    return rules.predicate(test, name="has_role:" + ",".join(kinds))


is_organiser = has_role(Kind.ORGANISER)
is_staff_of_edition = has_role(*STAFF)


@rules.predicate
def may_create_editions(user: Any) -> bool:
    """System administrators, and whoever organises an edition already."""
    return user.power is not None or any(role.kind == Kind.ORGANISER for role in held_roles(user))


rules.add_perm("competitions.add_edition", rules.is_authenticated & may_create_editions)
rules.add_perm("competitions.view_console", is_staff_of_edition)
rules.add_perm("competitions.manage_edition", is_organiser)
rules.add_perm("competitions.view_journal", has_role(Kind.ORGANISER, Kind.AUDITOR))
