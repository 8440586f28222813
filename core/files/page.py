"""PDF: whole, without a password, with at least one page."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from core.files.errors import FileBroken, FileEncrypted, FileRefused

TAIL = 2048


def check_pdf(path: Path, kind: str, name: str) -> None:
    """Refuses a PDF that is cut off, encrypted or without pages. Reads its tables and the tree of pages only."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - TAIL, 0))
        if b"%%EOF" not in stream.read():
            raise FileBroken(name=name)
        try:
            reader = PdfReader(stream)
            if reader.is_encrypted:
                raise FileEncrypted(name=name)
            has_pages = len(reader.pages) > 0
        except FileRefused:
            raise
        except Exception:  # noqa: BLE001  whatever a foreign reader stumbles over, the file is at fault
            raise FileBroken(name=name) from None
    if not has_pages:
        raise FileBroken(name=name)
