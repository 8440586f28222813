"""Canonical JSON: one value, one sequence of bytes. Ledger leaves, rule sets and result records are hashed from it."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from core.fault import Fault


def canonical_json(value: object) -> bytes:
    """Write `value` so that equal values always give equal bytes (trust.md §2).

    Keys are sorted by code point, there are no spaces, the text is UTF-8, and a Decimal becomes a string in plain
    notation that keeps its decimals (`Decimal("89.00")` → `"89.00"`). Tuples are written as lists.
    Refuses floats, not-a-number, keys that are not text, text that is not valid Unicode, and every other type.
    """
    try:
        return _ENCODER.encode(_plain(value)).encode("utf-8")
    except UnicodeEncodeError:
        raise Fault("not_canonical", "文本含有无效的 Unicode 字符，不能写成规范 JSON。请删除该字符。") from None


_AS_THEY_ARE = frozenset({str, bool, int, type(None)})
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: object) -> object:
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, Mapping):
        return {
            key if type(key) is str else _key(key): member if type(member) in _AS_THEY_ARE else _plain(member)
            for key, member in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    raise Fault("not_canonical", f"规范 JSON 不接受 {type(value).__name__} 类型的值：{value!r}。小数请用 Decimal。")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise Fault("not_canonical", f"规范 JSON 的键必须是文本：{key!r}。")
    return str(key)


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise Fault("not_canonical", f"规范 JSON 不接受 {value}：它不是一个确定的数。")
    return format(value.copy_abs() if value.is_zero() else value, "f")
