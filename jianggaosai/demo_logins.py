"""One demo login for each role, for whoever tries the site. They work only while DEBUG is on (accounts.backends)."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from competitions.models import Role

DEMO_PASSWORD = "jianggaosai-demo"


@dataclass(frozen=True, slots=True)
class DemoLogin:
    role: str
    name: str
    login: str


def demo_logins() -> list[DemoLogin]:
    """The first demo account of each role in order of the roles, then of the applicants and of everybody else."""
    people = list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    found: dict[str, User] = {}
    for kind, label in Role.Kind.choices:
        held = Role.objects.filter(kind=kind, ended_at__isnull=True, user__in=people).order_by("user_id")
        first = held.select_related("user").first()
        if first:
            found[str(label)] = first.user
    with_role = {user.pk for user in found.values()} | set(Role.objects.values_list("user_id", flat=True))
    for user in people:
        if user.pk not in with_role:
            found.setdefault(_word(user), user)
    return [DemoLogin(role, user.name, user.email or user.mobile or "") for role, user in found.items()]


def _word(user: User) -> str:
    if user.is_superuser:
        return "系统管理员"
    return "参赛单位" if user.memberships.exists() else "公众"
