"""The leaves of the vote ledger: one builder for each kind, and the reader that checks them.

A leaf is canonical JSON with exactly the members of its kind (open, vote, hold, void, restore, withdraw,
pause, resume, extend, close, final). Times are UTC minutes.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeGuard

from competitions.pure.vote_rule import RuleFault
from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from core.ledger.tile import MAX_ENTRY_BYTES
from voting.pure.ledger_rules import LedgerRules

VERSION = 1
SALT_BYTES = 32
APPROVALS = 2

_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", re.ASCII)
_TAG = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REASON = re.compile(r"R[1-9][0-9]?")
_ENTRY = re.compile(r'[^\s"\\\x00-\x1f]{1,40}')


class LeafFault(Fault):
    """A leaf that does not have the published form; the message is Chinese and names the member."""

    def __init__(self, message: str) -> None:
        super().__init__("bad_leaf", message)


def utc_minute(at: datetime) -> str:
    """Return `at` as the ledger writes it, "2026-12-01T00:15Z"; seconds are cut off. Refuses a naive time."""
    if at.tzinfo is None:
        raise LeafFault("时间缺少时区。")
    return at.astimezone(UTC).isoformat(timespec="minutes")[:16] + "Z"


def commitment(salt: bytes, private_record: bytes) -> str:
    """Return SHA-256(32-byte salt ‖ record in canonical JSON) in hex: binds what must stay deletable."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a commitment's salt is 32 random bytes")
    return sha256_hex(salt + private_record)


def open_leaf(*, entries: Sequence[str], rules: LedgerRules, at: datetime) -> bytes:
    """Return the first leaf: the vote opens at `at` for `entries` under `rules`."""
    return _build("open", at, entries=list(entries), rules=rules.as_dict())


def vote_leaf(*, by: str, entry: str, evidence: str, at: datetime) -> bytes:
    """Return the leaf of one vote: voter tag, entry code, commitment to the evidence."""
    return _build("vote", at, by=by, e=entry, ev=evidence)


def hold_leaf(*, case: str, code: str, of: Sequence[int], at: datetime) -> bytes:
    """Return the leaf that sets votes (leaf indices, ascending) aside; `case` is the case's commitment."""
    return _build("hold", at, case=case, code=code, of=list(of))


def void_leaf(*, case: str, code: str, of: Sequence[int], at: datetime) -> bytes:
    """Return the leaf that voids votes; `code` is the public reason such as "R3"."""
    return _build("void", at, case=case, code=code, of=list(of))


def restore_leaf(*, case: str, code: str, of: Sequence[int], at: datetime) -> bytes:
    """Return the leaf that makes held or voided votes count again."""
    return _build("restore", at, case=case, code=code, of=list(of))


def withdraw_leaf(*, entry: str, at: datetime) -> bytes:
    """Return the leaf by which an entry leaves the vote; its votes stay and count for nobody."""
    return _build("withdraw", at, e=entry)


def pause_leaf(*, until: datetime | None, at: datetime) -> bytes:
    """Return the leaf of a pause; `until` is when it ends by itself, None when it must be ended."""
    return _build("pause", at, until=until and utc_minute(until))


def resume_leaf(*, until: datetime, at: datetime) -> bytes:
    """Return the leaf that ends a pause; `until` is the end of the vote from now on."""
    return _build("resume", at, until=utc_minute(until))


def extend_leaf(*, until: datetime, at: datetime) -> bytes:
    """Return the leaf of an extension; `until` is the end of the vote from now on."""
    return _build("extend", at, until=utc_minute(until))


def close_leaf(*, at: datetime) -> bytes:
    """Return the leaf after which no vote follows."""
    return _build("close", at)


def final_leaf(*, tally: Mapping[str, int], approved: int, at: datetime) -> bytes:
    """Return the last leaf: valid votes of every entry not withdrawn, approved by two persons or more."""
    return _build("final", at, approved=approved, tally=dict(tally))


def parse_leaf(data: bytes) -> dict:
    """Return the leaf in `data`; refuses (LeafFault) other bytes than the builders here would write."""
    try:
        leaf = json.loads(data)
        canonical = canonical_json(leaf)
    except (ValueError, TypeError, RecursionError):
        raise LeafFault("记录不是规范的 JSON。") from None
    if canonical != data:
        raise LeafFault("记录的写法不规范：键须排序、无空格。")
    if not isinstance(leaf, dict):
        raise LeafFault("记录应为对象。")
    _check(leaf)
    return leaf


def _build(kind: str, at: datetime, **members: object) -> bytes:
    leaf = {"at": utc_minute(at), "t": kind, "v": VERSION, **members}
    _check(leaf)
    data = canonical_json(leaf)
    if len(data) > MAX_ENTRY_BYTES:
        raise LeafFault(f"记录长 {len(data)} 字节，超过 {MAX_ENTRY_BYTES} 字节；请缩短规则全文。")
    return data


def _check(leaf: dict) -> None:
    members = _MEMBERS.get(leaf["t"]) if isinstance(leaf.get("t"), str) else None
    if members is None:
        raise LeafFault(f"没有这种记录：{leaf.get('t')!r}。")
    if set(leaf) != {"at", "t", "v", *members}:
        raise LeafFault(f"“{leaf['t']}”记录的成员应为 {'、'.join(sorted({'at', 't', 'v', *members}))}。")
    if type(leaf["v"]) is not int or leaf["v"] != VERSION or not _is_minute(leaf["at"]):
        raise LeafFault("记录的版本或时间有误。")
    for name, is_right in members.items():
        if not is_right(leaf[name]):
            raise LeafFault(f"“{leaf['t']}”记录的“{name}”有误。")
    if leaf["t"] == "open":
        _check_rules(leaf)


def _check_rules(leaf: dict) -> None:
    try:
        LedgerRules.from_dict(leaf["rules"], leaf["entries"])
    except RuleFault as fault:
        raise LeafFault(str(fault)) from None


def _text(pattern: re.Pattern) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_minute(value: object) -> bool:
    if not isinstance(value, str) or not _MINUTE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_index_list(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(map(_is_count, value))
        and all(low < high for low, high in zip(value, value[1:], strict=False))
    )


def _is_entry_list(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(map(_is_entry, value))
        and len(set(value)) == len(value)
    )


def _is_tally(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_entry, value)) and all(map(_is_count, value.values()))


_is_entry = _text(_ENTRY)
_CASE = {"case": _text(_DIGEST), "code": _text(_REASON), "of": _is_index_list}
_MEMBERS: dict[str, dict[str, Callable[[object], bool]]] = {
    "open": {"entries": _is_entry_list, "rules": lambda value: isinstance(value, dict)},
    "vote": {"by": _text(_TAG), "e": _is_entry, "ev": _text(_DIGEST)},
    "hold": _CASE,
    "void": _CASE,
    "restore": _CASE,
    "withdraw": {"e": _is_entry},
    "pause": {"until": lambda value: value is None or _is_minute(value)},
    "resume": {"until": _is_minute},
    "extend": {"until": _is_minute},
    "close": {},
    "final": {"approved": lambda value: _is_count(value) and value >= APPROVALS, "tally": _is_tally},
}
