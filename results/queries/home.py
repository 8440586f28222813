"""What /my/ shows to arbitrators (accounts.home_sections)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.home_sections import Card
from accounts.models import User
from competitions.models import Role
from competitions.rules import held_roles
from core.dates import moment
from results.models import Objection
from results.states import INVESTIGATING


def arbitration_cards(user: User, at: datetime) -> list[Card]:
    """One card an objection the person has to rule on, the oldest first; none for who is no arbitrator (any more)."""
    if not any(role.kind == Role.Kind.ARBITRATOR for role in held_roles(user)):
        return []
    rows = Objection.objects.filter(investigator=user, state=INVESTIGATING).select_related("edition", "notice", "entry")
    return [
        Card(
            title=f"异议 {one.number}",
            url=reverse("results:objection-detail", args=[one.edition.slug, one.public_id]),
            action="复核异议",
            lines=(
                one.edition.short_name,
                f"{one.notice.get_kind_display()}{f'，{one.entry.code} 号项目' if one.entry else ''}",
                f"{moment(one.filed_at)} 提出",
            ),
        )
        for one in rows.order_by("filed_at", "pk")
    ]
