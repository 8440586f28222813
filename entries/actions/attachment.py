"""Taking files in and out of an entry."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from core.audit import journal
from core.figures import size as written_size
from core.files import CheckedFile, check_upload
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import StorageFull
from entries.models import Attachment, Entry
from entries.queries.attachment import ACCEPTED, size_limit


def attach_file(*, entry: Entry, kind: str, upload: UploadedFile, actor: User, at: datetime) -> Attachment:
    """Checks an upload by its content, keeps it privately under a random name and lists it.

    Refuses what core.files refuses, a full store, and an entry or kind that is not open to change. What is refused
    leaves nothing behind, neither a row nor a file.
    """
    checked = check_upload(upload, allowed=ACCEPTED[Attachment.Kind(kind)], max_size=size_limit(kind))
    attachment = Attachment(
        entry=entry,
        kind=kind,
        original_name=checked.original_name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        uploaded_at=at,
        uploaded_by=actor,
    )
    try:
        with transaction.atomic():
            _take_in(attachment, checked, actor, at)
    except BaseException:
        if attachment.file.name:
            attachment.file.storage.delete(attachment.file.name)
        raise
    return attachment


@transaction.atomic
def remove_file(*, attachment: Attachment, actor: User, at: datetime) -> Entry:
    """Takes a file out of its entry; the stored bytes go once that is certain. Refuses when it is not open to change."""
    locked = open_for_edit(attachment.entry, None, at)
    field = f"file.{attachment.kind}"
    refuse_locked(locked, {field: attachment.get_kind_display()})
    storage, name = attachment.file.storage, str(attachment.file.name)
    gone = {"kind": attachment.kind, "name": attachment.original_name, "sha256": attachment.sha256}
    journal.record(
        verb="entries.attachment.removed", obj=attachment, actor=actor, at=at, edition=locked.edition.slug, before=gone
    )
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))
    return close_edit(locked, changed=[field], before=gone, after={}, actor=actor, at=at, bumps=False)


def _take_in(attachment: Attachment, checked: CheckedFile, actor: User, at: datetime) -> None:
    locked = open_for_edit(attachment.entry, None, at)
    field = f"file.{attachment.kind}"
    refuse_locked(locked, {field: attachment.get_kind_display()})
    files = locked.attachments.all()
    total = (files.aggregate(total=Sum("size"))["total"] or 0) + attachment.size
    if total > settings.ATTACHMENT_TOTAL_LIMIT or files.count() >= settings.ATTACHMENT_MAX_COUNT:
        raise StorageFull(count=settings.ATTACHMENT_MAX_COUNT, total=written_size(settings.ATTACHMENT_TOTAL_LIMIT))
    attachment.file = checked.stored()
    attachment.save()
    kept = {"kind": attachment.kind, "name": attachment.original_name, "sha256": attachment.sha256}
    journal.record(
        verb="entries.attachment.added", obj=attachment, actor=actor, at=at, edition=locked.edition.slug, after=kept
    )
    close_edit(locked, changed=[field], before={}, after=kept, actor=actor, at=at, bumps=False)
