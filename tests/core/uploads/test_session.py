from __future__ import annotations

import hashlib
import os
from datetime import timedelta

import pytest

from core import files
from core.actor import System
from core.errors import NotAllowed
from core.uploads import errors, session
from core.uploads.models import UploadSession
from core.uploads.session import (
    append_chunk,
    begin_upload,
    discard_upload,
    finish_upload,
    get_upload_of,
    sweep_uploads,
    unfinished,
)
from tests.core.uploads.conftest import AT, left_on_disk
from tests.entries.conftest import pdf_bytes

pytestmark = pytest.mark.django_db
CONTENT = pdf_bytes()
SIZE = len(CONTENT)


def begin(sender, size=SIZE, name="稿.pdf", fingerprint="f", at=AT, target="t1"):
    return begin_upload(
        purpose="test.shelf", target=target, slot="", name=name, size=size, fingerprint=fingerprint, actor=sender, at=at
    )


def send(upload, sender, content=CONTENT, piece=300, at=AT):
    for start in range(upload.received, len(content), piece):
        upload = append_chunk(session=upload, offset=start, chunk=content[start : start + piece], actor=sender, at=at)
    return upload


def test_a_file_arrives_in_pieces_and_is_taken_once(shelf, sender, settings, django_capture_on_commit_callbacks):
    upload = send(begin(sender), sender)
    assert (upload.received, upload.percent) == (len(CONTENT), 100)

    with django_capture_on_commit_callbacks(execute=True):
        done = finish_upload(session=upload, actor=sender, at=AT)
    again = finish_upload(session=upload, actor=sender, at=AT)

    assert done.result == again.result == "/shelf/t1/"
    assert shelf.taken == [("t1", "稿.pdf", hashlib.sha256(CONTENT).hexdigest())]
    assert left_on_disk(settings.UPLOAD_ROOT) == []


def test_the_same_file_is_continued_and_another_one_is_not(shelf, sender):
    upload = append_chunk(session=begin(sender), offset=0, chunk=CONTENT[:100], actor=sender, at=AT)

    assert begin(sender).received == 100
    assert begin(sender, fingerprint="other").received == 0
    assert begin(sender, fingerprint="").pk != begin(sender, fingerprint="").pk
    assert begin(System(actor_code="somebody")).pk != upload.pk
    assert begin(sender, at=AT + timedelta(hours=49)).received == 0


def test_a_piece_out_of_place_changes_nothing_and_says_where_to_go_on(shelf, sender):
    upload = append_chunk(session=begin(sender), offset=0, chunk=CONTENT[:100], actor=sender, at=AT)

    for offset in (0, 99, 101):
        with pytest.raises(errors.ChunkMisplaced) as refused:
            append_chunk(session=upload, offset=offset, chunk=b"xx", actor=sender, at=AT)
        assert refused.value.params == {"offset": 100}

    assert upload.path.read_bytes() == CONTENT[:100]


def test_what_a_killed_process_wrote_without_acknowledging_it_is_written_over(shelf, sender):
    upload = append_chunk(session=begin(sender), offset=0, chunk=CONTENT[:100], actor=sender, at=AT)
    with upload.path.open("ab") as part:
        part.write(b"never acknowledged" * 90)

    upload = send(upload, sender)

    assert upload.path.read_bytes() == CONTENT


def test_more_than_was_announced_is_refused(shelf, sender):
    upload = begin(sender, size=10)
    with pytest.raises(errors.ChunkTooLarge):
        append_chunk(session=upload, offset=0, chunk=CONTENT[:11], actor=sender, at=AT)
    with pytest.raises(errors.ChunkTooLarge):
        append_chunk(session=upload, offset=0, chunk=b"%PDF-" * 300_000, actor=sender, at=AT)

    upload.refresh_from_db()
    assert upload.received == 0


def test_when_all_is_there_nothing_can_be_written_any_more(shelf, sender):
    upload = send(begin(sender), sender)

    for offset in (0, len(CONTENT)):
        with pytest.raises((errors.ChunkMisplaced, errors.ChunkTooLarge)):
            append_chunk(session=upload, offset=offset, chunk=b"%PDF-evil", actor=sender, at=AT)

    assert upload.path.read_bytes() == CONTENT


def test_a_hopeless_file_is_refused_at_its_first_piece(shelf, sender, settings):
    upload = begin(sender)

    with pytest.raises(files.FileKindRefused):
        append_chunk(session=upload, offset=0, chunk=b"MZ a program", actor=sender, at=AT)

    assert not UploadSession.objects.exists()
    assert left_on_disk(settings.UPLOAD_ROOT) == []


@pytest.mark.parametrize(
    ("content", "fault"), [(CONTENT[:-400], files.FileBroken), (pdf_bytes("secret"), files.FileEncrypted)]
)
def test_a_refused_file_leaves_neither_row_nor_bytes(shelf, sender, settings, content, fault):
    upload = send(begin(sender, size=len(content)), sender, content)

    with pytest.raises(fault):
        finish_upload(session=upload, actor=sender, at=AT)

    assert not UploadSession.objects.exists()
    assert left_on_disk(settings.UPLOAD_ROOT) == []
    assert shelf.taken == []


def test_a_refusal_of_the_purpose_drops_the_file_and_a_fault_of_ours_keeps_it(shelf, sender, settings):
    upload = send(begin(sender), sender)
    shelf.fault = RuntimeError()
    with pytest.raises(RuntimeError):
        finish_upload(session=upload, actor=sender, at=AT)
    assert left_on_disk(settings.UPLOAD_ROOT) == [upload.path.name]

    shelf.fault, shelf.is_open = None, False
    with pytest.raises(NotAllowed):
        finish_upload(session=upload, actor=sender, at=AT)

    assert left_on_disk(settings.UPLOAD_ROOT) == []
    assert not UploadSession.objects.exists()


def test_what_is_not_complete_is_not_finished(shelf, sender):
    upload = append_chunk(session=begin(sender), offset=0, chunk=CONTENT[:100], actor=sender, at=AT)

    with pytest.raises(errors.UploadUnfinished):
        finish_upload(session=upload, actor=sender, at=AT)

    assert unfinished(actor=sender, purpose="test.shelf", target="t1", at=AT).get() == upload


def test_a_part_that_vanished_is_said_to_be_lost(shelf, sender):
    upload = send(begin(sender), sender)
    upload.path.unlink()

    with pytest.raises(errors.UploadLost):
        finish_upload(session=upload, actor=sender, at=AT)

    assert not UploadSession.objects.exists()


@pytest.mark.parametrize(
    ("size", "limits", "fault"),
    [
        (0, {}, files.FileEmpty),
        (5_000_001, {}, files.FileTooLarge),
        (2_000, {"room": 1_999}, errors.NoRoom),
        (2_000, {"is_open": False}, NotAllowed),
    ],
)
def test_what_cannot_come_is_refused_before_its_first_byte(shelf, sender, size, limits, fault):
    for name, value in limits.items():
        setattr(shelf, name, value)

    with pytest.raises(fault):
        begin(sender, size=size)

    assert not UploadSession.objects.exists()


def test_files_under_way_count_against_the_room(shelf, sender):
    shelf.room = 3_000
    begin(sender, size=2_000)

    with pytest.raises(errors.NoRoom) as refused:
        begin(sender, size=1_001, fingerprint="second")
    begin(sender, size=1_001, fingerprint="elsewhere", target="t2")

    assert "剩余空间只有 1 KB" in refused.value.text


def test_a_full_disk_and_a_purpose_nobody_registered_are_refused(shelf, sender, monkeypatch):
    monkeypatch.setattr(session, "SPARE_DISK", 10**18)
    with pytest.raises(errors.DiskFull):
        begin(sender)
    with pytest.raises(errors.UploadGone):
        begin_upload(purpose="no.such", target="", slot="", name="a", size=1, fingerprint="", actor=sender, at=AT)

    assert not UploadSession.objects.exists()


def test_one_person_begins_so_many_files_at_most(shelf, sender, monkeypatch):
    monkeypatch.setattr(session, "MAX_OPEN", 2)
    first, _ = begin(sender, fingerprint="1"), begin(sender, fingerprint="2")

    with pytest.raises(errors.TooManyUploads):
        begin(sender, fingerprint="3")
    discard_upload(session=first, actor=sender, at=AT)
    begin(sender, fingerprint="3")

    assert UploadSession.objects.count() == 2


def test_an_upload_is_its_owners(shelf, sender):
    upload = begin(sender)

    assert get_upload_of(sender, upload.public_id) == upload
    with pytest.raises(errors.UploadGone):
        get_upload_of(System(actor_code="somebody"), upload.public_id)


def test_the_sweep_takes_what_was_given_up_and_nothing_else(shelf, sender, settings):
    old = append_chunk(session=begin(sender), offset=0, chunk=CONTENT[:10], actor=sender, at=AT)
    later = AT + timedelta(hours=49)
    fresh = append_chunk(session=begin(sender, at=later), offset=0, chunk=CONTENT[:10], actor=sender, at=later)
    stray = settings.UPLOAD_ROOT / "stray.work"
    stray.write_bytes(b"x")
    os.utime(stray, times=((later - timedelta(hours=49)).timestamp(),) * 2)
    busy = settings.UPLOAD_ROOT / "busy.work"
    busy.write_bytes(b"x")
    os.utime(busy, times=(later.timestamp(),) * 2)

    assert sweep_uploads(at=later) == 2

    assert left_on_disk(settings.UPLOAD_ROOT) == sorted(["busy.work", fresh.path.name])
    assert list(UploadSession.objects.all()) == [fresh]
    with pytest.raises(errors.UploadGone):
        append_chunk(session=old, offset=10, chunk=b"x", actor=sender, at=later)
