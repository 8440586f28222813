"""The platform's keys in a backup: sealed by a passphrase, and a fingerprint of each that tells nothing of it.

Without the wrapping key no voter can be recognised again, without the signing key no ledger can be continued. In services
mode they stand in the environment and are kept apart from backups; with BACKUP_PASSPHRASE they are carried along, sealed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from core.wrapping import unwrap, wrap

LABEL = "jianggaosai backup"
COST = 2**15  # of scrypt: about a tenth of a second and 32 MB a guess


def _keys() -> dict[str, str]:
    """File of the embedded mode → its text."""
    return {
        "secret": settings.SECRET_KEY,
        "ledger": ",".join([settings.LEDGER_SIGNING_KEY, *settings.LEDGER_COSIGNING_KEYS]),
        "wrapping": settings.KEY_WRAPPING_KEY,
    }


def fingerprints() -> dict[str, str]:
    """Sixteen hexadecimal digits that are equal for equal keys; of the two keys whose loss cannot be mended."""
    return {
        name: hashlib.sha256(b"jianggaosai fingerprint\0" + _keys()[name].encode()).hexdigest()[:16]
        for name in ("ledger", "wrapping")
    }


def sealed_keys(passphrase: str) -> bytes:
    """All keys as JSON that only `passphrase` opens (scrypt, AES-256-GCM)."""
    salt = secrets.token_bytes(16)
    sealed = wrap(json.dumps(_keys()).encode(), key=_key(passphrase, salt), label=LABEL)
    return json.dumps({"salt": salt.hex(), "cost": COST, "sealed": sealed}).encode()


def open_keys(sealed: bytes, passphrase: str) -> dict[str, str]:
    """The keys by the names of their files; refuses (core.wrapping.BadWrapping) another passphrase."""
    data = json.loads(sealed)
    found: dict[str, str] = json.loads(unwrap(data["sealed"], key=_key(passphrase, bytes.fromhex(data["salt"])), label=LABEL))
    return found


def write_keys(keys: dict[str, str], folder: Path) -> None:
    """Puts the keys where the embedded mode reads them at its next start."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in keys.items():
        path = folder / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="ascii")


def _key(passphrase: str, salt: bytes) -> str:
    derived = Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
    return base64.b64encode(derived).decode()
