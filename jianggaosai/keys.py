"""Keys of the embedded mode: made once, kept in files only their owner can read."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path


def from_file(folder: Path, name: str) -> str:
    """Text of `folder/name`; made with 32 random bytes (Base64) when it is not there yet.

    Two processes starting together agree: the file appears whole (link of a finished temporary file) or not at all.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = _draft(folder, name, new_key())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def retired(words: Sequence[str]) -> list[tuple[str, datetime]]:
    """Former secret keys with the moment each was retired, from words `key@2026-11-01T00:00+08:00`.

    Refuses (ValueError) a word without a moment or without its time zone: a key that never ends would be no rotation.
    """
    found = []
    for word in words:
        secret, _, moment = word.rpartition("@")
        at = datetime.fromisoformat(moment) if secret else None
        if at is None or at.tzinfo is None:
            raise ValueError("RETIRED_SECRET_KEYS: each is written key@2026-11-01T00:00+08:00")
        found.append((secret, at))
    return found


def new_key() -> str:
    """32 random bytes in Base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def replace_file(folder: Path, name: str, text: str) -> None:
    """Puts `text` in the place of a key; a reader sees the old or the new one, whole."""
    _draft(folder, name, text).replace(folder / name)


def _draft(folder: Path, name: str, text: str) -> Path:
    draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    return draft
