"""Canonical JSON: one value, one sequence of bytes. Hashes of records, leaves and results rest on it."""

import hashlib
import json
from decimal import Decimal


def canonical_json(value: object) -> bytes:
    """Return `value` as UTF-8 JSON with sorted keys and no spaces; Decimals become strings.

    Refuses (TypeError) floats, keys that are not strings and every type JSON does not know.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def sha256_hex(data: bytes) -> str:
    """Return SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {_key(name): _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    raise TypeError(f"canonical JSON has no {type(value).__name__}: {value!r}")


def _key(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"canonical JSON keys are strings, not {name!r}")
    return name
