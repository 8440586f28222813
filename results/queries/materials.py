"""Files sent ahead of an objection."""

from __future__ import annotations

from core.actor import Actor
from results.models import Notice, ObjectionMaterial


def materials_of(notice: Notice, owner: Actor | None) -> list[ObjectionMaterial]:
    """What `owner` (a person, or a visitor by their cookie) has sent for an objection to the notice and not filed yet."""
    if owner is None:
        return []
    return list(ObjectionMaterial.objects.filter(notice=notice, owner=owner.actor_code))
