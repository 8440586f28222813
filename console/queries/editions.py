"""The editions somebody works on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from competitions.models import Edition
from competitions.queries.schedule import StageView, current_stage, view_stage
from competitions.rules import STAFF, held_roles
from core.statuses import Status, status_of


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition as the chooser shows it: the roles held in words (joined), and the badge of its stage or None."""

    edition: Edition
    roles: str
    stage: Status | None


def editions_of(user: Any) -> list[Edition]:
    """Editions in whose back office `user` works, newest first; every edition in a system administrator's session."""
    if user.power is not None:
        return list(Edition.objects.all())
    held = {role.edition for role in held_roles(user) if role.kind in STAFF}
    return sorted(held, key=lambda one: (-one.year, -one.ordinal))


def edition_cards(user: Any, at: datetime) -> list[EditionCard]:
    """The editions of `user` with their stage, in a fixed number of queries."""
    editions = editions_of(user)
    labels: dict[int, list[str]] = defaultdict(list)
    for role in held_roles(user):
        labels[role.edition_id].append(role.get_kind_display())
    prefetch_related_objects(editions, "stages__overrides")
    return [EditionCard(one, "、".join(labels[one.pk]) or "系统管理员", stage_badge(one, _views(one, at))) for one in editions]


def stage_badge(edition: Edition, views: list[StageView]) -> Status | None:
    """The stage that is on (网络投票进行中), 尚未公开, 已归档, or None when everything is over."""
    if not edition.is_published:
        return Status("尚未公开", "lock", "warn")
    if edition.archived_at:
        return Status("已归档", "save")
    view = current_stage(views)
    if view is None:
        return None
    found = status_of("stage", view.phase)
    return Status(f"{view.stage.name}{found.word}", found.icon, found.tone)


def _views(edition: Edition, at: datetime) -> list[StageView]:
    return [view_stage(stage, at) for stage in edition.stages.all()]
