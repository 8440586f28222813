"""Files of an entry that arrive in pieces (core.uploads): what may come, and where it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from core.figures import size as written_size
from core.files import CheckedFile
from core.uploads.purposes import Allowance, Purpose
from entries.actions import attach_file, replace_file
from entries.actions.entry import refuse_locked
from entries.errors import CoverThere, StorageFull
from entries.models import Attachment, Entry
from entries.queries.access import get_entry_for
from entries.queries.attachment import ACCEPTED, get_attachment_for, size_limit, used_storage
from entries.queries.editing import refuse_edit


def allow_attachment(user: Any, target: str, slot: str, at: datetime) -> Allowance:
    """`target` is an entry's public id, `slot` a kind of Attachment."""
    entry = get_entry_for(user, target, to="entries.edit_entry")
    if slot not in Attachment.Kind.values:
        raise Http404
    size, count = used_storage(entry)
    if count >= settings.ATTACHMENT_MAX_COUNT:
        raise StorageFull(count=settings.ATTACHMENT_MAX_COUNT, total=written_size(settings.ATTACHMENT_TOTAL_LIMIT))
    if slot == Attachment.Kind.COVER and entry.attachments.filter(kind=slot).exists():
        raise CoverThere
    return _allowance(entry, slot, size, at)


def take_attachment(user: Any, target: str, slot: str, checked: CheckedFile, at: datetime) -> str:
    entry = get_entry_for(user, target, to="entries.edit_entry")
    attach_file(entry=entry, kind=slot, upload=checked, actor=user, at=at)
    return files_address(entry, slot)


def allow_replacement(user: Any, target: str, slot: str, at: datetime) -> Allowance:
    """`target` is the public id of the attachment that gives way."""
    attachment = get_attachment_for(user, target, to="entries.edit_entry")
    size, _ = used_storage(attachment.entry)
    return _allowance(attachment.entry, attachment.kind, size - attachment.size, at)


def take_replacement(user: Any, target: str, slot: str, checked: CheckedFile, at: datetime) -> str:
    attachment = get_attachment_for(user, target, to="entries.edit_entry")
    replace_file(attachment=attachment, upload=checked, actor=user, at=at)
    return files_address(attachment.entry, attachment.kind)


def files_address(entry: Entry, kind: str) -> str:
    """The step 附件材料 at the kind of material."""
    return reverse("entries:register-step", args=[entry.public_id, "files"]) + f"#file-{kind}"


def _allowance(entry: Entry, kind: str, used: int, at: datetime) -> Allowance:
    refuse_edit(entry, at)
    refuse_locked(entry, {f"file.{kind}": str(Attachment.Kind(kind).label)})
    return Allowance(
        kinds=ACCEPTED[Attachment.Kind(kind)], max_size=size_limit(kind), room=settings.ATTACHMENT_TOTAL_LIMIT - used
    )


PURPOSES = (
    Purpose(code="entries.attachment", allow=allow_attachment, take=take_attachment),
    Purpose(code="entries.replacement", allow=allow_replacement, take=take_replacement),
)
