"""Posters and cards of entries as files: drawn once, kept under a name that follows their content.

They lie in the private storage: a view hands them out while the entry is public.
"""

from __future__ import annotations

from entries.exports.cover import keep_picture, kept_picture, opened_cover
from entries.models import Entry
from voting.exports.poster import ShareText, draw


def share_picture(entry: Entry, text: ShareText, kind: str) -> bytes:
    """The poster or card of an entry as PNG."""
    name = f"variants/{text.key(kind)}.png"
    return kept_picture(name) or keep_picture(name, draw(text, kind, opened_cover(entry.cover) if text.cover else None))
