"""The applicant's cover in the sizes lists show. Drawn once, kept under a name that follows its content (ADR 0017).

The files lie in the private storage: a view hands them out, to the public while the entry is public.
"""

from __future__ import annotations

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import ImageFieldFile
from PIL import Image, ImageOps

from entries.models import Entry

COVERS = {"wide": (640, 320), "tall": (264, 396)}
"""Width and height of a cover in lists: twice what a phone shows."""
QUALITY = 78


def cover_tag(cover: ImageFieldFile) -> str:
    """Names an uploaded cover: stored names are random, so another upload has another tag."""
    return hashlib.sha256(str(cover.name).encode()).hexdigest()[:16]


def cover_variant(entry: Entry, shape: str) -> bytes:
    """The applicant's cover as JPEG in the size of one shape, cut evenly from both sides. Refuses (FileNotFoundError) when
    the upload is gone."""
    name = f"variants/{cover_tag(entry.cover)}-{shape}.jpg"
    return kept_picture(name) or keep_picture(name, _resized(entry.cover, COVERS[shape]))


def opened_cover(cover: ImageFieldFile) -> Image.Image:
    """The whole picture as it was uploaded."""
    with default_storage.open(str(cover.name)) as file:
        picture = Image.open(io.BytesIO(file.read()))
        picture.load()
    return picture


def kept_picture(name: str) -> bytes:
    """What was drawn before under `name`; nothing when it was not."""
    if not default_storage.exists(name):
        return b""
    with default_storage.open(name) as file:
        return bytes(file.read())


def keep_picture(name: str, content: bytes) -> bytes:
    """Two threads may draw the same picture at once: the second copy gets another name and is thrown away."""
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:
        default_storage.delete(stored)
    return content


def _resized(cover: ImageFieldFile, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    picture = opened_cover(cover)
    if picture.has_transparency_data:
        # What shines through is paper, not black.
        paper = Image.new("RGBA", picture.size, "#ffffff")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()
