"""Files sent ahead of an objection: kept for whoever writes it, taken into it, thrown away when nothing came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from core.actor import Actor
from core.files import CheckedFile
from results.models import Notice, Objection, ObjectionFile, ObjectionMaterial

KEPT_FOR = timedelta(hours=48)


@transaction.atomic
def keep_material(*, notice: Notice, slot: str, checked: CheckedFile, actor: Actor, at: datetime) -> ObjectionMaterial:
    """Keeps one file of a field for `actor`; an earlier one of the same field goes. No line in the journal: nothing was filed yet."""
    drop_materials(ObjectionMaterial.objects.filter(notice=notice, owner=actor.actor_code, slot=slot))
    return ObjectionMaterial.objects.create(
        notice=notice, owner=actor.actor_code, slot=slot, file=checked.stored(), original_name=checked.original_name,
        media_type=checked.media_type, size=checked.size, sha256=checked.sha256, kept_at=at,
    )  # fmt: skip


@transaction.atomic
def take_materials(*, objection: Objection, materials: Sequence[ObjectionMaterial]) -> None:
    """Makes them files of the objection. For the action that files it, inside its transaction."""
    for one in materials:
        ObjectionFile.objects.create(
            objection=objection, kind=one.kind, file=one.file.name, original_name=one.original_name,
            media_type=one.media_type, size=one.size, sha256=one.sha256,
        )  # fmt: skip
    ObjectionMaterial.objects.filter(pk__in=[one.pk for one in materials]).delete()


@transaction.atomic
def drop_materials(materials: QuerySet[ObjectionMaterial]) -> int:
    """Deletes rows and files. Returns how many."""
    gone = list(materials)
    for one in gone:
        transaction.on_commit(lambda file=one.file: file.storage.delete(file.name))  # type: ignore[misc]
    ObjectionMaterial.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)


def drop_stale_materials(*, at: datetime) -> int:
    """What nobody filed within two days. Returns how many."""
    return drop_materials(ObjectionMaterial.objects.filter(kept_at__lte=at - KEPT_FOR))
