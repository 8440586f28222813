"""What /my/ shows to the staff of editions (accounts.home_sections)."""

from __future__ import annotations

from datetime import datetime

from django.urls import NoReverseMatch, reverse

from accounts.home_sections import Card
from accounts.models import User
from competitions.models import Edition, Role
from competitions.rules import held_roles

CONSOLE_ROLES = (Role.Kind.ORGANISER, Role.Kind.EXAMINER, Role.Kind.AUDITOR)


def console_cards(user: User, at: datetime) -> list[Card]:
    """One card an edition in which `user` is staff, newest first, leading to its console."""
    held = [role for role in held_roles(user) if role.kind in CONSOLE_ROLES]
    labels: dict[Edition, list[str]] = {}
    for role in sorted(held, key=lambda one: (-one.edition.year, -one.edition_id, one.pk)):
        labels.setdefault(role.edition, []).append(str(role.get_kind_display()))
    cards = []
    for edition, kinds in labels.items():
        try:
            url = reverse("console:dashboard", args=[edition.slug])
        except NoReverseMatch:  # the console is not part of this installation
            continue
        cards.append(Card(title=edition.name, url=url, action="进入工作台", lines=("、".join(kinds),)))
    return cards
