"""The people with a role in an edition an organiser can write to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from accounts.queries.inbox import confirmed_mobile
from competitions.models import Edition, Role
from core.outbox.audiences import Audience, Recipient

Kind = Role.Kind


def _people(*kinds: str) -> Callable[[Edition], Iterator[Recipient]]:
    def people(edition: Edition) -> Iterator[Recipient]:
        roles = Role.objects.filter(edition=edition, ended_at__isnull=True, kind__in=kinds).select_related("user")
        users = (role.user for role in roles.order_by("pk"))
        return (Recipient(user.actor_label, user.email or "", confirmed_mobile(user), has_account=True) for user in users)

    return people


AUDIENCES = (
    Audience("roles.judges", "全部评委", _people(Kind.JUDGE, Kind.CHIEF_JUDGE), 30),
    Audience("roles.examiners", "形式审查员", _people(Kind.EXAMINER), 31),
    Audience("roles.staff", "全部工作人员", _people(*(set(Kind) - {Kind.JUDGE, Kind.CHIEF_JUDGE})), 32),
)
