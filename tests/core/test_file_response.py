from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from core.files import response as module
from core.files.response import DownloadsBusy, private_file


@pytest.fixture
def stored():
    class Stored(ContentFile):
        def open(self, mode=None):
            return ContentFile(b"0123456789")

    return Stored(b"0123456789")


def answer(stored, **headers):
    request = RequestFactory().get("/", headers=headers)
    return private_file(request, stored, name="片.mp4", media_type="video/mp4", sha256="ab" * 32)


def test_a_small_file_is_one_piece(stored):
    response = answer(stored)

    assert not response.streaming
    assert response.content == b"0123456789"


@pytest.mark.django_db
def test_a_large_file_is_streamed_to_one_reader_at_a_time(stored, monkeypatch):
    monkeypatch.setattr(module, "ONE_PIECE", 5)
    first = answer(stored)

    with pytest.raises(DownloadsBusy):
        answer(stored)
    assert answer(stored, Range="bytes=2-3").content == b"23"
    assert b"".join(first.streaming_content) == b"0123456789"
    assert first["Content-Length"] == "10"
    first.close()
    first.close()

    again = answer(stored)
    with pytest.raises(DownloadsBusy):
        answer(stored)
    again.close()


def test_a_part_is_never_longer_than_a_reader_may_hold(stored, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_PART", 4)

    assert answer(stored, Range="bytes=0-")["Content-Range"] == "bytes 0-3/10"
