"""The kinds of files the platform knows, and reading the kind from the content."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

PDF, JPG, PNG, DOCX, XLSX, PPTX, MP4 = "pdf", "jpg", "png", "docx", "xlsx", "pptx", "mp4"
MEDIA_TYPES = {
    PDF: "application/pdf",
    JPG: "image/jpeg",
    PNG: "image/png",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    MP4: "video/mp4",
}
OFFICE_PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", PPTX: "ppt/presentation.xml"}
CONTENT_TYPES = "[Content_Types].xml"
ZIP_START = b"PK\x03\x04"
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 16  # bytes that `sniff_head` needs
STARTS = {PDF: b"%PDF-", JPG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
FAULTY_ARCHIVE = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, KeyError)


def sniff(stream: BinaryIO) -> str:
    """The kind of a file by its first bytes and its structure; empty when it is none we know."""
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith(ZIP_START):
        return _office_kind(stream)
    return next(iter(sniff_head(head)), "")


def sniff_head(head: bytes) -> tuple[str, ...]:
    """The kinds a file with these first HEAD bytes can be: what is hopeless need not be sent to its end."""
    if head.startswith(ZIP_START):
        return tuple(OFFICE_PARTS)
    if head[4:8] == b"ftyp":
        return (MP4,)
    return tuple(kind for kind, start in STARTS.items() if head.startswith(start))


def _office_kind(stream: BinaryIO) -> str:
    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except FAULTY_ARCHIVE:
        return ""
    if CONTENT_TYPES not in names:
        return ""
    found = [kind for kind, part in OFFICE_PARTS.items() if part in names]
    return found[0] if len(found) == 1 else ""
