"""Which files a page can show by itself."""

from __future__ import annotations

from core.files.kinds import JPG, MEDIA_TYPES, MP4, PDF, PNG

MANNERS = {MEDIA_TYPES[PDF]: "pdf", MEDIA_TYPES[JPG]: "picture", MEDIA_TYPES[PNG]: "picture", MEDIA_TYPES[MP4]: "film"}


def shown_as(media_type: str) -> str:
    """`pdf`, `picture` or `film`; empty for what is only handed out. components/file_show.html shows each."""
    return MANNERS.get(media_type, "")
