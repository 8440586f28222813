"""Files from outside: what they really are, whether they are sound, and their private storage.

A suffix proves nothing: the kind is read from the first bytes and from the structure. Pictures are drawn anew, which
strips whatever was hidden in them. Nothing is written before every check has passed.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.errors import Refusal
from core.figures import size as written_size

PDF, JPG, PNG, DOCX, XLSX, PPTX = "pdf", "jpg", "png", "docx", "xlsx", "pptx"
MEDIA_TYPES = {
    PDF: "application/pdf",
    JPG: "image/jpeg",
    PNG: "image/png",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OFFICE_PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", PPTX: "ppt/presentation.xml"}
MAX_PIXELS = 50_000_000
MAX_UNPACKED = 1024 * 1024 * 1024


class FileRefused(Refusal):
    """A file was not taken; nothing of it was kept."""

    status = 422


class FileEmpty(FileRefused):
    code = "file_empty"
    message = "“{name}”是空文件（0 字节），请重新选择。"


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = "“{name}”有 {size}，超过上限 {limit}。请压缩后再上传。"


class FileKindRefused(FileRefused):
    code = "file_kind"
    message = "“{name}”的内容不是可以接收的格式。这里接收 {allowed}，请另存为其中一种再上传。"


class FileBroken(FileRefused):
    code = "file_broken"
    message = "“{name}”打不开，文件可能不完整。请确认能正常打开后重新上传。"


class FileEncrypted(FileRefused):
    code = "file_encrypted"
    message = "“{name}”设有密码，评审无法打开。请去掉密码后重新上传。"


class FileWithMacros(FileRefused):
    code = "file_macros"
    message = "“{name}”含有宏程序，不能接收。请另存为不含宏的格式，或导出为 PDF。"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is what it says: `kind` is a key of MEDIA_TYPES, `content` what will be stored."""

    kind: str
    original_name: str
    content: bytes

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def stored(self) -> ContentFile:
        """The content under a random name, ready for a FileField; the applicant's name never becomes a path."""
        return ContentFile(self.content, name=f"{secrets.token_hex(16)}.{self.kind}")


def check_upload(upload: UploadedFile, *, allowed: tuple[str, ...], max_size: int) -> CheckedFile:
    """Reads an upload and says what it is. `allowed` are keys of MEDIA_TYPES, `max_size` is in bytes.

    Refuses empty, too large, unknown, damaged and encrypted files, and office files with macros.
    """
    name = plain_name(upload.name or "")
    length = upload.size or 0
    if not length:
        raise FileEmpty(name=name)
    if length > max_size:
        raise FileTooLarge(name=name, size=written_size(length), limit=written_size(max_size))
    upload.seek(0)
    content = upload.read()
    kind = sniff(content)
    if kind not in allowed:
        raise FileKindRefused(name=name, allowed="、".join(one.upper() for one in allowed))
    if kind == PDF:
        _check_pdf(content, name)
    elif kind in (JPG, PNG):
        content = _redrawn(content, kind, name)
    else:
        _check_office(content, kind, name)
    return CheckedFile(kind, name, content)


def sniff(content: bytes) -> str:
    """The kind of a file by its first bytes and its structure; empty when it is none we know."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(io.BytesIO(content))
    return ""


def plain_name(name: str) -> str:
    """The last part of a file name without control characters, at most 120 characters with its suffix kept."""
    last = "".join(ch for ch in name.replace("\\", "/").rsplit("/", 1)[-1] if ch.isprintable()).strip() or "未命名"
    stem, dot, suffix = last.rpartition(".")
    return last if len(last) <= 120 else f"{(stem or last)[: 119 - len(suffix)]}{dot}{suffix}"[:120]


def _office_kind(stream: BinaryIO) -> str:
    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for kind, part in OFFICE_PARTS.items() if part in names), "")


def _check_office(content: bytes, kind: str, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.filename.endswith("vbaProject.bin") for part in parts):
            raise FileWithMacros(name=name)
        if sum(part.file_size for part in parts) > MAX_UNPACKED or any(part.flag_bits & 1 for part in parts):
            raise FileBroken(name=name)
        try:
            archive.read(OFFICE_PARTS[kind])
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise FileBroken(name=name) from None


def _check_pdf(content: bytes, name: str) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise FileBroken(name=name)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise FileEncrypted(name=name)
        has_pages = bool(reader.pages)
    except FileRefused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise FileBroken(name=name) from None
    if not has_pages:
        raise FileBroken(name=name)


def _redrawn(content: bytes, kind: str, name: str) -> bytes:
    """The picture drawn anew: upright, without EXIF, comments or anything after its end."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileBroken(name=name)
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGB" if kind == JPG else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise FileBroken(name=name) from None
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG" if kind == JPG else "PNG", **({"quality": 90} if kind == JPG else {"optimize": False}))
    return out.getvalue()
