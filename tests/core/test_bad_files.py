"""At least 200 generated bad files: each is refused with its name in the sentence and leaves nothing, by either way in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.actor import System
from core.files import MEDIA_TYPES, FileRefused, check_upload
from core.uploads.models import UploadSession
from core.uploads.session import append_chunk, begin_upload, finish_upload
from tests.core.files_bad import SOUND, bad_files
from tests.core.uploads.conftest import AT, left_on_disk, shelf  # noqa: F401  fixtures

LIMIT = 100_000_000


def test_there_are_enough_of_them():
    assert len(bad_files()) >= 200


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_file_of_each_kind_passes(kind, settings, tmp_path):
    settings.UPLOAD_ROOT = tmp_path
    assert check_upload(SimpleUploadedFile("好", SOUND[kind]), allowed=tuple(MEDIA_TYPES), max_size=LIMIT).kind == kind


def test_none_passes_and_none_leaves_anything(settings, tmp_path):
    settings.UPLOAD_ROOT = tmp_path
    passed = []
    for fault, kind, content in bad_files():
        try:
            check_upload(SimpleUploadedFile("坏文件", content), allowed=(kind,), max_size=LIMIT)
        except FileRefused as refusal:
            assert "坏文件" in refusal.text
        else:
            passed.append((fault, kind))
    assert passed == []
    assert left_on_disk(Path(tmp_path)) == []


@pytest.mark.django_db
def test_none_gets_through_in_pieces(shelf, settings):  # noqa: F811
    for number, (fault, kind, content) in enumerate(bad_files()):
        shelf.kinds = (kind,)
        with pytest.raises(FileRefused):
            _send(System(actor_code=f"sender{number // 100}"), fault, content)
    assert not UploadSession.objects.exists()
    assert left_on_disk(settings.UPLOAD_ROOT) == []
    assert shelf.taken == []


def _send(sender: System, fault: str, content: bytes) -> None:
    session = begin_upload(
        purpose="test.shelf", target=fault, slot="", name="坏", size=len(content), fingerprint="", actor=sender, at=AT
    )
    for start in range(0, len(content), 2**20):
        append_chunk(session=session, offset=start, chunk=content[start : start + 2**20], actor=sender, at=AT)
    finish_upload(session=session, actor=sender, at=AT)
