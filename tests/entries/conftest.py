"""A draft of the applicant that lacks nothing, and small true files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from core import clock
from entries.actions.attachment import attach_file
from entries.models import Entry
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

AT = moments.DURING_REGISTRATION


def pdf_bytes(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_bytes(kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6153").save(out, kind, **options)
    return out.getvalue()


def office_bytes(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def upload(name: str = "申报书.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content)


def stored_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Files of a test lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def during_registration():
    with clock.rehearse(AT):
        yield AT


@pytest.fixture
def empty_draft(cast: Cast) -> Entry:
    """As `start_entry` leaves it."""
    entry = Entry.objects.create(
        edition=cast.edition, track=cast.edition.tracks.get(), created_at=AT, created_by=cast.applicant, saved_at=AT
    )
    EntryApplicantFactory(entry=entry, organisation=cast.organisation, revenue=None, joined_at=AT)
    return entry


@pytest.fixture
def draft(cast: Cast) -> Entry:
    """Complete: texts, revenue, a granted core patent, the proposal."""
    entry = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    IPAssetFactory(entry=entry, position=1, number="202210000101.3", number_raw="202210000101.3")
    attach_file(entry=entry, kind="proposal", upload=upload(), actor=cast.applicant, at=AT)
    return entry


@pytest.fixture
def as_applicant(client, cast: Cast, during_registration):
    """The browser of 丁工 during registration."""
    client.force_login(cast.applicant)
    return client
