"""Files that are not what they should be, by the hundred: cut off, bent, locked, bursting, in foreign clothes."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from pypdf import PdfWriter

from tests.entries.conftest import office_bytes, pdf_bytes, picture_bytes

Case = tuple[str, str, bytes]  # what is wrong, the kind it was asked as, the content
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def movie(entry: bytes = b"avc1", tail: bytes = b"") -> bytes:
    """The smallest film that has a track."""
    stsd = box(b"stsd", bytes(4), struct.pack(">I", 1), box(entry, bytes(78)))
    track = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"minf", box(b"stbl", stsd))))
    return (
        box(b"ftyp", b"isom", bytes(4), b"isommp42") + box(b"moov", box(b"mvhd", bytes(100)), track) + box(b"mdat", bytes(200)) + tail
    )


SOUND = {
    "pdf": pdf_bytes(),
    "jpg": picture_bytes("JPEG"),
    "png": picture_bytes("PNG"),
    **{kind: office_bytes(part) for kind, part in OFFICE.items()},
    "mp4": movie(),
}


@cache
def bad_files() -> list[Case]:
    return [*cut_off(), *mistaken(), *bent(), *locked(), *bursting(), *malformed()]


def cut_off() -> Iterator[Case]:
    """Each kind ended at eleven places. A PNG that lacks no more than its end mark is whole once it is drawn anew."""
    for kind, content in SOUND.items():
        for tenths in range(8 if kind == "png" else 11):
            length = max(len(content) * tenths // 11, 1)
            yield f"cut at {length}", kind, content[:length]


def mistaken() -> Iterator[Case]:
    """Each kind offered as every other, and things nobody asked for in the name of each."""
    strange = [b"MZ\x90\x00" + bytes(99), b"\x7fELF" + bytes(99), b"<html><script>1</script>", b"<svg xmlns='x'/>", b"GIF89a" + bytes(50)]
    for kind in SOUND:
        for other, content in SOUND.items():
            if kind != other:
                yield f"a {other}", kind, content
        for content in strange:
            yield f"{content[:6]!r}", kind, content


def bent() -> Iterator[Case]:
    """The head and the rest of two different kinds; noise behind a true head."""
    noise = random.Random(7)
    for kind, content in SOUND.items():
        yield "noise behind the head", kind, content[:16] + noise.randbytes(3000)
        for other, behind in SOUND.items():
            if kind != other:
                yield f"head of {kind}, body of {other}", kind, content[:12] + behind


def locked() -> Iterator[Case]:
    yield "password", "pdf", pdf_bytes("secret")
    yield "protected track", "mp4", movie(b"encv")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for kind, part in OFFICE.items():
        yield "old format", kind, old
        yield "encrypted", kind, old + "EncryptedPackage".encode("utf-16-le") + bytes(99)
        yield "encrypted across a block", kind, old.ljust(2**20 - 7, b"\0") + "EncryptedPackage".encode("utf-16-le")
        yield "macros", kind, office_bytes(part, "word/vbaProject.bin")
        yield "macro sheet", kind, office_bytes(part, "xl/macrosheets/sheet1.xml")
        yield "flagged as encrypted", kind, _flagged(office_bytes(part))
        yield "macro type", kind, _archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled", part: b"<x/>"})


def bursting() -> Iterator[Case]:
    yield "huge picture", "png", _huge_png(60_000, 60_000)
    yield "huge picture", "png", _huge_png(2**31 - 1, 2**31 - 1)
    yield "much text in a picture", "png", _png(b"zTXt", b"x\0\0" + zlib.compress(bytes(90_000_000), 9))
    sound = {"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}
    yield "bomb", "pptx", _archive(sound | {"media/a.bin": bytes(105_000_000)})
    yield "many parts", "pptx", office_bytes("ppt/presentation.xml", *(f"a/{number}" for number in range(20_001)))


def malformed() -> Iterator[Case]:
    """Sound at first sight."""
    out = io.BytesIO()
    PdfWriter().write(out)
    yield "no pages", "pdf", out.getvalue()
    yield "pages that name each other", "pdf", _looping_pdf()
    yield "empty film", "mp4", box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat")
    yield "film in itself", "mp4", box(b"ftyp", b"isom", bytes(4)) + _deep(b"moov", 40) + box(b"mdat")
    yield "other family", "mp4", movie().replace(b"isom", b"heic", 1)
    yield "no mark", "jpg", b"\xff\xd8\xff" + bytes(500)
    for kind, part in OFFICE.items():
        sound = {"[Content_Types].xml": b"<x/>", part: b"<x/>"}
        yield "leaves the archive", kind, _archive(sound | {"../../evil": b"x"})
        yield "rooted", kind, _archive(sound | {"/etc/evil": b"x"})
        yield "entities", kind, _archive(sound | {part: b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"})
        yield "bent checksum", kind, _archive(sound).replace(b"<x/>", b"<y/>")
        yield "two kinds at once", kind, office_bytes(*OFFICE.values())
        yield "a lying list", kind, _lying(_archive(sound))


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_STORED if len(content) < 99 else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _flagged(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01\x00" + content[at + 2 :]


def _lying(content: bytes) -> bytes:
    """The list promises a length the part has not got."""
    at = content.rindex(b"PK\x01\x02") + 20
    return content[:at] + struct.pack("<II", 2**31, 2**31) + content[at + 8 :]


def _png(kind: bytes, data: bytes) -> bytes:
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    content = picture_bytes("PNG")
    return content[:33] + chunk + content[33:]


def _huge_png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return SOUND["png"][:8] + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + SOUND["png"][33:]


def _deep(kind: bytes, depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = box(kind, content)
    return content


def _looping_pdf() -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


