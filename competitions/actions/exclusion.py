"""Putting an organisation on the list of those that may not enter, and taking it off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.pure.uscc import parse_uscc
from competitions.errors import ExclusionInvalid
from competitions.models import Edition, ExclusionRecord
from core.audit import journal
from core.text import fold


@transaction.atomic
def add_exclusion(
    *, edition: Edition, name: str, uscc: str, until_year: int, reason: str, actor: User, at: datetime
) -> ExclusionRecord:
    """Leaves an organisation out of every edition up to the year `until_year`; entries already submitted stay, for the
    organiser to decide one by one. Refuses a faulty code, an empty name or reason, and a year before the edition's."""
    code = ""
    if uscc.strip():
        parsed = parse_uscc(uscc)
        if parsed.faults:
            raise ExclusionInvalid(fault=parsed.faults[0].message)
        code = parsed.canonical
    if not fold(name) or not reason.strip():
        raise ExclusionInvalid(fault="请填写单位名称和原因。")
    if until_year < edition.year:
        raise ExclusionInvalid(fault=f"截止年份应不早于本届的 {edition.year} 年。")
    record = ExclusionRecord.objects.create(
        name=fold(name), uscc=code, until_year=until_year, reason=reason.strip(), added_at=at, added_by=actor
    )
    after = {"name": record.name, "uscc": code, "until_year": until_year, "reason": record.reason}
    journal.record(verb="competitions.exclusion.added", obj=record, actor=actor, at=at, edition=edition.slug, after=after)
    return record


@transaction.atomic
def lift_exclusion(*, edition: Edition, record: ExclusionRecord, reason: str, actor: User, at: datetime) -> ExclusionRecord:
    """Ends a record early, with a reason. Refuses an empty reason and a record that was lifted already."""
    locked = ExclusionRecord.objects.select_for_update().get(pk=record.pk)
    if locked.lifted_at is not None:
        raise ExclusionInvalid(fault="这条记录已经解除。")
    if not reason.strip():
        raise ExclusionInvalid(fault="请写明解除的原因。")
    locked.lifted_at, locked.lifted_by, locked.lift_reason = at, actor, reason.strip()
    locked.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    journal.record(
        verb="competitions.exclusion.lifted",
        obj=locked,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={"name": locked.name, "reason": locked.lift_reason},
    )
    return locked
