"""DOCX, XLSX, PPTX: every part readable, no macros, no password, nothing that bursts when opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

from core.files.errors import FileBomb, FileBroken, FileEncrypted, FileRefused, FileWithMacros
from core.files.kinds import CONTENT_TYPES, OFFICE_PARTS

MAX_PARTS = 20_000
MAX_UNPACKED = 1024 * 1024 * 1024
FREE_UNPACKED = 100 * 1024 * 1024  # up to here any proportion is believed: an empty sheet of many rows packs well
MAX_GROWTH = 100
BLOCK = 1024 * 1024
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("xl/macrosheets/", "xl/dialogsheets/")


def check_office(path: Path, kind: str, name: str) -> None:
    """Refuses by the archive's list first, then reads every part once, block by block, against its checksum."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_list(parts, path.stat().st_size, name)
            for part in parts:
                _read_through(archive, part)
            types = _text(archive, CONTENT_TYPES)
            if "macroenabled" in types.lower():
                raise FileWithMacros(name=name)
            if "<!DOCTYPE" in types or "<!DOCTYPE" in _text(archive, OFFICE_PARTS[kind]):
                raise FileBroken(name=name)  # the standard forbids it, and entities can burst a reader
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001  zipfile, zlib, lzma and bz2 each have faults of their own; the file is at fault
        raise FileBroken(name=name) from None


def _refuse_list(parts: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise FileEncrypted(name=name)
    names = [part.filename for part in parts]
    if any(_is_macro(one.lower()) for one in names):
        raise FileWithMacros(name=name)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > FREE_UNPACKED and unpacked > packed * MAX_GROWTH):
        raise FileBomb(name=name)
    if len(set(names)) != len(names) or any(_leaves_the_archive(one) for one in names):
        raise FileBroken(name=name)


def _is_macro(part: str) -> bool:
    return part.endswith(MACRO_PARTS) or part.startswith(MACRO_FOLDERS)


def _leaves_the_archive(part: str) -> bool:
    return part.startswith("/") or "\\" in part or ".." in part.split("/")


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """To the end, where the checksum is compared; a part never gives more than the list promised."""
    with archive.open(part) as stream:
        while stream.read(BLOCK):
            pass


def _text(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as stream:
        return stream.read(BLOCK).decode("utf-8", "replace")
