"""Small secrets kept in the database, wrapped by a key that only the environment knows (AES-256-GCM)."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class BadWrapping(ValueError):
    """A wrapped secret that this key does not open: another key, another label, or altered text."""


def read_key(text: str) -> bytes:
    """The 32 bytes of a key as it stands in the environment (Base64); refuses (ValueError) another length."""
    key = base64.b64decode(text)
    if len(key) != KEY_BYTES:
        raise ValueError("a wrapping key is the Base64 of 32 bytes")
    return key


def wrap(secret: bytes, *, key: str, label: str) -> str:
    """`secret` as text that only `key` opens. `label` says what it is for; it is authenticated, not hidden."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(read_key(key)).encrypt(nonce, secret, label.encode())
    return base64.b64encode(nonce + sealed).decode()


def unwrap(wrapped: str, *, key: str, label: str) -> bytes:
    """The secret in `wrapped`; refuses (BadWrapping) what was not wrapped by this key under this label."""
    try:
        data = base64.b64decode(wrapped, validate=True)
        return AESGCM(read_key(key)).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], label.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise BadWrapping("the wrapped key cannot be opened with KEY_WRAPPING_KEY") from error
