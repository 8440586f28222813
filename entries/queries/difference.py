"""What an applicant changed since the submission before, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.figures import size as written_size
from entries.models import Entry, IPAsset
from entries.models.industry import INDUSTRIES
from entries.pure.difference import Change, changes_between, segments
from entries.queries.content import entry_content, in_form_order
from entries.queries.details import BLOCKS
from entries.queries.steps import field_label

WORDS: dict[str, dict[Any, str]] = {
    "industry": dict(INDUSTRIES),
    "maturity": dict(Entry.Maturity.choices),
    "asset_type": dict(IPAsset.Kind.choices),
    "status": dict(IPAsset.Status.choices),
    "obtained": dict(IPAsset.Obtained.choices),
}
KINDS = {"changed": "改动", "added": "新增", "removed": "删去"}
SHORT = 60
NOTHING = "（空）"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as a page shows it: `parts` of (same | gone | new, text)."""

    field: str
    label: str
    kind: str
    parts: list[tuple[str, str]]


def changes_since_last(entry: Entry) -> list[ShownChange]:
    """The changes of the latest submission against the one before; empty for a first submission."""
    last = list(entry.submissions.order_by("-sequence")[:2])
    if len(last) < 2:
        return []
    return [_shown(one) for one in changes_between(in_form_order(last[1].content), in_form_order(last[0].content))]


def changes_since_copy(entry: Entry) -> list[ShownChange]:
    """What differs from the entry of an earlier edition this one was begun from; empty for one begun from nothing."""
    if entry.copied_from is None:
        return []
    before, after = entry_content(entry.copied_from), entry_content(entry)
    return [_shown(one) for one in changes_between(in_form_order(before), in_form_order(after))]


def _shown(change: Change) -> ShownChange:
    column = change.field.split(".")[-1]
    before, after = _words(column, change.before), _words(column, change.after)
    if change.kind == "added":
        parts = [("new", after)]
    elif change.kind == "removed":
        parts = [("gone", before)]
    elif len(before) > SHORT and len(after) > SHORT:
        parts = segments(before, after)
    else:
        parts = [("gone", before), ("new", after)]
    return ShownChange(change.field, _label(change.field), KINDS[change.kind], parts)


def _label(field: str) -> str:
    """As comments are labelled; applicants have columns that nobody comments on."""
    head, *rest = field.split(".")
    if head == "applicant" and rest[1:] != ["revenue"]:
        return f"申报主体 · 第 {rest[0]} 家"
    return field_label(field)


def _words(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if column in BLOCKS:
        return _flat(value)
    if isinstance(value, dict):
        return _row(value)
    return WORDS.get(column, {}).get(value, "") or str(value or "") or NOTHING


def _flat(value: Any) -> str:
    """A block of optional facts in one line."""
    if isinstance(value, dict):
        return "，".join(f"{name} {_flat(one)}" for name, one in value.items()) or NOTHING
    if isinstance(value, list):
        return "；".join(_flat(one) for one in value) or NOTHING
    return str(value if value is not None else NOTHING)


def _row(row: dict[str, Any]) -> str:
    """A patent, an organisation or a file in one line."""
    if "sha256" in row:
        return f"{row['name']}（{written_size(row['size'])}）"
    return " ".join(str(row[name]) for name in ("number", "title", "name") if row.get(name))
