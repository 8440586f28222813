"""Keys of the embedded mode: made once, kept in files only their owner can read."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def from_file(folder: Path, name: str) -> str:
    """Text of `folder/name`; made with 32 random bytes (Base64) when it is not there yet.

    Two processes starting together agree: the file appears whole (link of a finished temporary file) or not at all.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(secrets.token_bytes(32)).decode(), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
