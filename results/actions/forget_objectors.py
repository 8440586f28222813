"""What people who objected were promised: who they are goes with the archiving of the edition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from competitions.models import Edition
from core.actor import SYSTEM
from core.audit import journal
from results.models import ObjectionFile, ObjectionParty


@transaction.atomic
def forget_objectors(*, at: datetime) -> list[Edition]:
    """Deletes names, contacts and signed scans of every archived edition; objections, rulings and other evidence stay.

    Returns the editions in which there was something to delete. Safe to run again, also after an older backup was restored.
    Source: PIPL art. 19, 47, and the sentence on the objection form.
    """
    parties = ObjectionParty.objects.filter(objection__notice__edition__archived_at__isnull=False)
    scans = ObjectionFile.objects.filter(
        objection__notice__edition__archived_at__isnull=False, kind=ObjectionFile.Kind.SIGNED
    )
    named = {one.objection.notice.edition_id for one in parties.select_related("objection__notice")}
    named |= {one.objection.notice.edition_id for one in scans.select_related("objection__notice")}
    for scan in scans:
        name, storage = scan.file.name, scan.file.storage
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
    scans.delete()
    parties.delete()
    editions = list(Edition.objects.filter(pk__in=named).order_by("pk"))
    for edition in editions:
        journal.record(verb="results.objectors.forgotten", obj=edition, actor=SYSTEM, at=at, edition=edition.slug)
    return editions
