"""Pictures: drawn anew, upright, without EXIF, comments or anything behind their end."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from core.files.errors import FileBroken, FileRefused, PictureTooLarge, PictureTooSmall
from core.files.kinds import JPG
from core.files.working import WorkingFile

MAX_PIXELS = 50_000_000


def redraw(work: WorkingFile, kind: str, name: str) -> WorkingFile:
    """A new file with the same picture. Refuses what cannot be drawn and more than MAX_PIXELS, before drawing it."""
    drawn = WorkingFile()
    try:
        with Image.open(work.path, formats=["JPEG", "PNG"]) as picture:
            _refuse_size(picture, name)
            mode = _mode(picture, kind)
            upright = ImageOps.exif_transpose(picture).convert(mode)
        upright.info = {}
        if kind == JPG:
            upright.save(drawn.path, "JPEG", quality=90)
        else:
            upright.save(drawn.path, "PNG")
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001  whatever a foreign reader stumbles over, the file is at fault
        raise FileBroken(name=name) from None
    return drawn


def refuse_small(path: Path, name: str, least: tuple[int, int]) -> None:
    """Refuses (PictureTooSmall) a drawn picture that is narrower or lower than `least` (width, height in pixels)."""
    with Image.open(path) as picture:
        width, height = picture.size
    if width < least[0] or height < least[1]:
        raise PictureTooSmall(name=name, width=width, height=height, least_width=least[0], least_height=least[1])


def _refuse_size(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureTooLarge(name=name, width=picture.width, height=picture.height, limit=MAX_PIXELS // 10_000)


def _mode(picture: Image.Image, kind: str) -> str:
    return "RGBA" if kind != JPG and picture.has_transparency_data else "RGB"
