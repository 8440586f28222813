"""What uploads are for: each app registers its own (ADR 0001), so that one machinery serves all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.files import CheckedFile
from core.uploads.errors import UploadGone


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may come: `kinds` are keys of core.files.MEDIA_TYPES, `max_size` the bytes of one file, `room` what the
    object's quota has left (None: no quota)."""

    kinds: tuple[str, ...]
    max_size: int
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """See core/uploads/__init__.py. `takes_visitors`: people without an account too. `is_inline`: the file is one field of a form
    that is sent later; the page stays and says itself that the file is there."""

    code: str
    allow: Callable[[Any, str, str, datetime], Allowance]
    take: Callable[[Any, str, str, CheckedFile, datetime], str]
    takes_visitors: bool = False
    is_inline: bool = False


_PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    _PURPOSES[purpose.code] = purpose


def purpose_of(code: str) -> Purpose:
    """The registered purpose; an unknown one is nobody's upload."""
    found = _PURPOSES.get(code)
    if found is None:
        raise UploadGone
    return found
