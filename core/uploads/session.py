"""Beginning, continuing, finishing and giving up an upload."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum

from core.errors import Refusal
from core.figures import size as written_size
from core.files import check_path, plain_name
from core.files.check import refuse_head, refuse_length
from core.throttle.bucket import take
from core.uploads.errors import (
    ChunkMisplaced,
    ChunkTooLarge,
    DiskFull,
    NoRoom,
    TooManyUploads,
    UploadGone,
    UploadLost,
    UploadUnfinished,
)
from core.uploads.models import UploadSession
from core.uploads.purposes import Allowance, purpose_of

CHUNK = 1024 * 1024
MAX_OPEN = 20
KEPT_FOR = timedelta(hours=48)
SPARE_DISK = 512 * 1024 * 1024
OPEN, COMPLETE = UploadSession.State.OPEN, UploadSession.State.COMPLETE


def begin_upload(
    *, purpose: str, target: str, slot: str, name: str, size: int, fingerprint: str, actor: Any, at: datetime
) -> UploadSession:
    """A session for one file of `size` bytes; the same file begun before (by `fingerprint`) is continued.

    Refuses what the purpose refuses, an empty or too large file, a full quota, a full disk and too many begun files.
    """
    allowance = purpose_of(purpose).allow(actor, target, slot, at)
    name = plain_name(name)
    refuse_length(name, size, allowance.max_size)
    take(key=f"upload:{actor.actor_code}", capacity=120, seconds=600, at=at)
    with transaction.atomic():
        mine = UploadSession.objects.select_for_update().filter(owner=actor.actor_code, state=OPEN, expires_at__gt=at)
        same = {"purpose": purpose, "target": target, "slot": slot, "name": name, "size": size}
        begun = mine.filter(**same, fingerprint=fingerprint).first() if fingerprint else None
        if begun is not None:
            return begun
        if mine.count() >= MAX_OPEN:
            raise TooManyUploads(count=MAX_OPEN)
        _refuse_without_room(allowance, purpose, target, name, size, at)
        return UploadSession.objects.create(
            **same, owner=actor.actor_code, fingerprint=fingerprint[:200], begun_at=at, expires_at=at + KEPT_FOR
        )


def append_chunk(*, session: UploadSession, offset: int, chunk: bytes, actor: Any, at: datetime) -> UploadSession:
    """Writes `chunk` where the last one ended. When this returns, the bytes are on the disk.

    The row is locked while the file is written: once all has been received nothing can write to the file any more, so
    that what was checked is what is kept. Refuses another offset and more bytes than were announced; by the first
    bytes it refuses a file that cannot be of a wanted kind, and drops it.
    """
    if len(chunk) > CHUNK:
        raise ChunkTooLarge
    if offset == 0 and chunk and not session.received:
        _refuse_hopeless(session, chunk, actor, at)
    with transaction.atomic():
        locked = _locked(session, at)
        if locked.state != OPEN or offset != locked.received:
            raise ChunkMisplaced(offset=locked.received)
        if offset + len(chunk) > locked.size:
            raise ChunkTooLarge
        _write(locked, offset, chunk)
        locked.received = offset + len(chunk)
        locked.expires_at = at + KEPT_FOR
        locked.save(update_fields=["received", "expires_at"])
    return locked


def finish_upload(*, session: UploadSession, actor: Any, at: datetime) -> UploadSession:
    """Checks the whole file and hands it to its purpose; `result` of the returned session is where it is shown.

    Safe to repeat: a finished session is returned as it is. What is refused here is deleted, row and bytes.
    """
    locked = UploadSession.objects.get(pk=session.pk)
    if locked.state == COMPLETE:
        return locked
    if locked.received != locked.size:
        raise UploadUnfinished(
            name=locked.name, received=written_size(locked.received), size=written_size(locked.size)
        )
    try:
        return _finished(locked, actor, at)
    except Refusal:
        discard_upload(session=locked, actor=actor, at=at)
        raise


def discard_upload(*, session: UploadSession, actor: Any, at: datetime) -> UploadSession:
    """Gives an upload up: its row and its bytes go. A finished one keeps what came of it."""
    with transaction.atomic():
        UploadSession.objects.filter(pk=session.pk).delete()
    session.path.unlink(missing_ok=True)
    return session


def sweep_uploads(*, at: datetime) -> int:
    """Deletes sessions past their time and part files without a row. Returns how many went."""
    stale = list(UploadSession.objects.filter(expires_at__lte=at)[:500])
    for session in stale:
        if UploadSession.objects.filter(pk=session.pk, expires_at__lte=at).delete()[0]:
            session.path.unlink(missing_ok=True)
    known = set(UploadSession.objects.values_list("public_id", flat=True))
    old = (at - KEPT_FOR).timestamp()
    gone = 0
    for path in settings.UPLOAD_ROOT.glob("*"):
        if path.stem not in known and path.is_file() and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
            gone += 1
    return len(stale) + gone


def get_upload_of(actor: Any, public_id: str) -> UploadSession:
    """The session when it is this person's; UploadGone (404) otherwise."""
    found = UploadSession.objects.filter(public_id=public_id, owner=actor.actor_code).first()
    if found is None:
        raise UploadGone
    return found


def unfinished(*, actor: Any, purpose: str, target: str, at: datetime) -> QuerySet[UploadSession]:
    """What this person began for `target` and may go on with, oldest first."""
    mine = UploadSession.objects.filter(owner=actor.actor_code, purpose=purpose, target=target)
    return mine.filter(state=OPEN, expires_at__gt=at).order_by("pk")


def _locked(session: UploadSession, at: datetime) -> UploadSession:
    locked = UploadSession.objects.select_for_update().filter(pk=session.pk, expires_at__gt=at).first()
    if locked is None:
        raise UploadGone
    return locked


def _finished(session: UploadSession, actor: Any, at: datetime) -> UploadSession:
    purpose = purpose_of(session.purpose)
    allowance = purpose.allow(actor, session.target, session.slot, at)
    if not session.path.is_file() or session.path.stat().st_size != session.size:
        raise UploadLost(name=session.name)
    checked = check_path(session.path, name=session.name, allowed=allowance.kinds, max_size=allowance.max_size)
    try:
        with transaction.atomic():
            locked = _locked(session, at)
            if locked.state == COMPLETE:
                return locked
            locked.result = purpose.take(actor, session.target, session.slot, checked, at)
            locked.state = COMPLETE
            locked.save(update_fields=["state", "result"])
            transaction.on_commit(lambda: session.path.unlink(missing_ok=True))
    finally:
        checked.work.discard()  # moved into the store by now, or not wanted
    return locked


def _refuse_without_room(
    allowance: Allowance, purpose: str, target: str, name: str, size: int, at: datetime
) -> None:
    if shutil.disk_usage(settings.UPLOAD_ROOT).free < size + SPARE_DISK:
        raise DiskFull
    if allowance.room is None:
        return
    coming = UploadSession.objects.filter(purpose=purpose, target=target, state=OPEN, expires_at__gt=at)
    room = allowance.room - (coming.aggregate(total=Sum("size"))["total"] or 0)
    if size > room:
        raise NoRoom(name=name, size=written_size(size), room=written_size(max(room, 0)))


def _refuse_hopeless(session: UploadSession, chunk: bytes, actor: Any, at: datetime) -> None:
    kinds = purpose_of(session.purpose).allow(actor, session.target, session.slot, at).kinds
    try:
        refuse_head(chunk, name=session.name, allowed=kinds)
    except Refusal:
        discard_upload(session=session, actor=actor, at=at)
        raise


def _write(session: UploadSession, offset: int, chunk: bytes) -> None:
    """Over whatever a killed process may have left behind the last acknowledged byte."""
    handle = os.open(session.path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as part:
        part.truncate(offset)
        part.seek(offset)
        part.write(chunk)
        part.flush()
        os.fsync(part.fileno())
    if offset == 0:
        folder = os.open(session.path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
