"""A place with something in it, and its archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.audit.seal import seal_journal
from jianggaosai.backup.make import make_backup
from tests.cast import build_cast
from tests.factories import moments
from tests.factories.results import publish_final

PASSPHRASE = "a phrase for tests"


@pytest.fixture
def place(settings: LazySettings, tmp_path: Path) -> Path:
    """Folders of this test alone."""
    settings.MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "media", tmp_path / "public"
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path


@pytest.fixture
def fill(place: Path) -> Callable[[], None]:
    """A tally, two published results, a sealed journal and a file."""

    def build() -> None:
        cast = build_cast()
        publish_final(cast)
        seal_journal(at=moments.NOTICE_CLOSES + timedelta(days=1))
        default_storage.save("attachments/2026/09/one.pdf", ContentFile(b"%PDF-1.7 one"))

    return build


@pytest.fixture
def archive(place: Path) -> Callable[..., Path]:
    def make(passphrase: str = PASSPHRASE) -> Path:
        return make_backup(folder=place / "out", passphrase=passphrase, at=moments.SET_UP, tell=lambda _: None)

    return make
