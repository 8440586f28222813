"""Taking files in and out of an entry."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from core.audit import journal
from core.figures import size as written_size
from core.files import CheckedFile, check_upload
from core.files.picture import refuse_small
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import CoverThere, StorageFull
from entries.models import Attachment, Entry, RetiredAttachment
from entries.queries.attachment import ACCEPTED, COVER_SIZE, size_limit, used_storage

KEPT = ("kind", "version", "original_name", "media_type", "size", "sha256", "uploaded_at", "uploaded_by")


def attach_file(
    *, entry: Entry, kind: str, upload: UploadedFile | CheckedFile, actor: User, at: datetime
) -> Attachment:
    """Checks a file by its content, keeps it privately under a random name and lists it.

    Refuses what core.files refuses, a full store, a second or too small cover, and an entry or kind that is not open to
    change. What is refused leaves nothing behind, neither a row nor a file.
    """
    checked = _checked(kind, upload)
    attachment = Attachment(entry=entry, kind=kind)
    _describe(attachment, checked, actor, at)
    try:
        with transaction.atomic():
            _take_in(attachment, checked, actor, at)
    except BaseException:
        if attachment.file.name:
            attachment.file.storage.delete(attachment.file.name)
        raise
    return attachment


def replace_file(
    *, attachment: Attachment, upload: UploadedFile | CheckedFile, actor: User, at: datetime
) -> Attachment:
    """Puts another file in the place of one, under the same address, as its next version.

    Refuses as `attach_file` does. The old bytes go, unless the entry has been submitted: then staff keep them.
    """
    checked = _checked(attachment.kind, upload)
    new_name = ""
    try:
        with transaction.atomic():
            locked, fresh = _open(attachment, at)
            gone = _summary(fresh)
            _refuse_full(locked, checked.size - fresh.size, added=0)
            _retire(fresh, locked, actor, at)
            _describe(fresh, checked, actor, at)
            fresh.version += 1
            fresh.file = checked.stored()
            fresh.save()
            new_name = str(fresh.file.name)
            _close(fresh, locked, "replaced", gone, _summary(fresh), actor, at)
    except BaseException:
        if new_name:
            attachment.file.storage.delete(new_name)
        raise
    return fresh


@transaction.atomic
def remove_file(*, attachment: Attachment, actor: User, at: datetime) -> Entry:
    """Takes a file out of its entry. Refuses when it is not open to change.

    The stored bytes go once that is certain, unless the entry has been submitted: then staff keep them.
    """
    locked, fresh = _open(attachment, at)
    gone = _summary(fresh)
    _retire(fresh, locked, actor, at)
    entry = _close(fresh, locked, "removed", gone, {}, actor, at)
    fresh.delete()
    return entry


def _checked(kind: str, upload: UploadedFile | CheckedFile) -> CheckedFile:
    checked = upload
    if not isinstance(checked, CheckedFile):
        checked = check_upload(checked, allowed=ACCEPTED[Attachment.Kind(kind)], max_size=size_limit(kind))
    if kind == Attachment.Kind.COVER:
        refuse_small(checked.path, checked.original_name, COVER_SIZE)
    return checked


def _describe(attachment: Attachment, checked: CheckedFile, actor: User, at: datetime) -> None:
    attachment.original_name = checked.original_name
    attachment.media_type = checked.media_type
    attachment.size = checked.size
    attachment.sha256 = checked.sha256
    attachment.uploaded_at = at
    attachment.uploaded_by = actor


def _take_in(attachment: Attachment, checked: CheckedFile, actor: User, at: datetime) -> None:
    locked = open_for_edit(attachment.entry, None, at)
    refuse_locked(locked, {f"file.{attachment.kind}": attachment.get_kind_display()})
    _refuse_full(locked, checked.size, added=1)
    if attachment.kind == Attachment.Kind.COVER and locked.attachments.filter(kind=attachment.kind).exists():
        raise CoverThere
    attachment.file = checked.stored()
    attachment.save()
    _close(attachment, locked, "added", {}, _summary(attachment), actor, at)


def _open(attachment: Attachment, at: datetime) -> tuple[Entry, Attachment]:
    """The entry locked for the change, and the attachment as it is now."""
    locked = open_for_edit(attachment.entry, None, at)
    refuse_locked(locked, {f"file.{attachment.kind}": attachment.get_kind_display()})
    return locked, Attachment.objects.select_for_update().get(pk=attachment.pk)


def _refuse_full(entry: Entry, more: int, *, added: int) -> None:
    size, count = used_storage(entry)
    limit, most = settings.ATTACHMENT_TOTAL_LIMIT, settings.ATTACHMENT_MAX_COUNT
    if size + more > limit or count + added > most:
        raise StorageFull(count=most, total=written_size(limit))


def _retire(attachment: Attachment, entry: Entry, actor: User, at: datetime) -> None:
    """What examiners may have seen is kept for them; what nobody saw is deleted from the disk."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    if not entry.submissions.exists():
        transaction.on_commit(lambda: storage.delete(name))
        return
    kept = {field: getattr(attachment, field) for field in KEPT}
    RetiredAttachment.objects.create(
        entry=entry, attachment_id_then=attachment.public_id, file=name, retired_at=at, retired_by=actor, **kept
    )


def _summary(attachment: Attachment) -> dict[str, object]:
    return {
        "kind": attachment.kind,
        "name": attachment.original_name,
        "sha256": attachment.sha256,
        "version": attachment.version,
    }


def _close(
    attachment: Attachment, entry: Entry, verb: str, before: dict, after: dict, actor: User, at: datetime
) -> Entry:
    if attachment.kind == Attachment.Kind.COVER:
        Entry.objects.filter(pk=entry.pk).update(cover=str(attachment.file.name) if after else "")
    journal.record(
        verb=f"entries.attachment.{verb}",
        obj=attachment,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        before=before,
        after=after,
    )
    field = f"file.{attachment.kind}"
    return close_edit(entry, changed=[field], before=before, after=after, actor=actor, at=at, bumps=False)
