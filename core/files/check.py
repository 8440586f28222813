"""One file from outside, checked from its first byte to its last."""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from core.figures import size as written_size
from core.files.errors import (
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileKindRefused,
    FileOutdated,
    FileRefused,
    FileTooLarge,
)
from core.files.kinds import (
    CONTENT_TYPES,
    DOCX,
    JPG,
    MEDIA_TYPES,
    MP4,
    OFFICE_PARTS,
    OLD_OFFICE_START,
    PDF,
    PNG,
    PPTX,
    XLSX,
    ZIP_START,
    sniff,
    sniff_head,
)
from core.files.movie import check_movie
from core.files.office import check_office
from core.files.page import check_pdf
from core.files.picture import redraw
from core.files.working import StoredFile, WorkingFile

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is what it says: `kind` is a key of MEDIA_TYPES, `size` in bytes, `sha256` of what will be stored.

    Let go of it and its bytes are gone, unless `stored()` went into a FileField that was saved.
    """

    kind: str
    original_name: str
    size: int
    sha256: str
    work: WorkingFile

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]

    @property
    def path(self) -> Path:
        return self.work.path

    def stored(self) -> StoredFile:
        """The content under a random name, for a FileField, once; the sender's name never becomes a path."""
        return StoredFile(self.work, f"{secrets.token_hex(16)}.{self.kind}")


def check_upload(upload: UploadedFile, *, allowed: tuple[str, ...], max_size: int) -> CheckedFile:
    """Reads a file of a form and says what it is. `allowed` are keys of MEDIA_TYPES, `max_size` is in bytes.

    Refuses empty, too large, unknown, damaged and encrypted files, office files with macros and archive bombs.
    """
    name = plain_name(upload.name or "")
    refuse_length(name, upload.size or 0, max_size)
    work = WorkingFile()
    with work.path.open("wb") as out:
        for block in upload.chunks(BLOCK):
            out.write(block)
    return _checked(work, name, allowed)


def check_path(path: Path, *, name: str, allowed: tuple[str, ...], max_size: int) -> CheckedFile:
    """`check_upload` for a file on our disk, which stays where it is. It must not be written to any more."""
    name = plain_name(name)
    refuse_length(name, path.stat().st_size, max_size)
    return _checked(WorkingFile.linked(path), name, allowed)


def refuse_length(name: str, length: int, max_size: int) -> None:
    """The only check that can be made before the first byte. The limit includes its last byte."""
    if not length:
        raise FileEmpty(name=name)
    if length > max_size:
        raise FileTooLarge(name=name, size=written_size(length), limit=written_size(max_size))


def refuse_head(head: bytes, *, name: str, allowed: tuple[str, ...]) -> None:
    """Refuses by the first bytes what cannot become any of `allowed`, before the rest is sent."""
    if head.startswith(OLD_OFFICE_START):
        return  # encrypted or outdated: the end of the file tells
    if not set(sniff_head(head)) & set(allowed):
        raise _unwanted(name, allowed)


def plain_name(name: str) -> str:
    """The last part of a file name without control characters, at most 120 characters with its suffix kept."""
    last = "".join(ch for ch in name.replace("\\", "/").rsplit("/", 1)[-1] if ch.isprintable()).strip() or "未命名"
    stem, dot, suffix = last.rpartition(".")
    return last if len(last) <= 120 else f"{(stem or last)[: max(119 - len(suffix), 1)]}{dot}{suffix}"[:120]


def _checked(work: WorkingFile, name: str, allowed: tuple[str, ...]) -> CheckedFile:
    try:
        kind = _kind(work.path, name, allowed)
        final = CHECKS[kind](work, kind, name)
        with final.path.open("rb") as stream:
            os.fsync(stream.fileno())
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return CheckedFile(kind, name, final.path.stat().st_size, digest, final)
    except FileRefused:
        work.discard()
        raise


def _kind(path: Path, name: str, allowed: tuple[str, ...]) -> str:
    with path.open("rb") as stream:
        kind = sniff(stream)
        if kind in allowed:
            return kind
        stream.seek(0)
        head = stream.read(4096)
        if head.startswith(OLD_OFFICE_START) and set(allowed) & set(OFFICE_PARTS):
            raise _behind_old_start(path, name)
        if _is_cut_off(head, path) and set(allowed) & set(OFFICE_PARTS):
            raise FileBroken(name=name)
    raise _unwanted(name, allowed)


def _is_cut_off(head: bytes, path: Path) -> bool:
    """Begun as an office file, but the list of its parts, which stands at the end, is missing."""
    return head.startswith(ZIP_START) and CONTENT_TYPES.encode() in head and not zipfile.is_zipfile(path)


def _behind_old_start(path: Path, name: str) -> FileRefused:
    """An office file with a password wears the clothes of the old formats; one of its streams has this name."""
    mark = "EncryptedPackage".encode("utf-16-le")
    kept = b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if mark in kept + block:
                return FileEncrypted(name=name)
            kept = block[-len(mark) :]
    return FileOutdated(name=name)


def _unwanted(name: str, allowed: tuple[str, ...]) -> FileRefused:
    return FileKindRefused(name=name, allowed="、".join(one.upper() for one in allowed))


def _looked_at(check: Callable[[Path, str, str], None]) -> Callable[[WorkingFile, str, str], WorkingFile]:
    def run(work: WorkingFile, kind: str, name: str) -> WorkingFile:
        check(work.path, kind, name)
        return work

    return run


CHECKS: dict[str, Callable[[WorkingFile, str, str], WorkingFile]] = {
    PDF: _looked_at(check_pdf),
    JPG: redraw,
    PNG: redraw,
    DOCX: _looked_at(check_office),
    XLSX: _looked_at(check_office),
    PPTX: _looked_at(check_office),
    MP4: _looked_at(check_movie),
}
