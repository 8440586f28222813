"""What changed between two submissions of an entry, field by field (standard library only).

Fields are named as comments name them: `summary`, `asset.2.number`, `applicant.1.revenue`, `file.proposal`, `track`.
Rows count from 1 in the newer list; a row that is gone counts in the older one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SAME, GONE, NEW = "same", "gone", "new"
PLAIN = ("track", "is_display_consented", "is_truth_declared", "is_award_free_declared", "is_sharing_consented")
BLOCKS = ("details", "profiles", "figures", "transactions", "members")
COLUMN_NAMES = {"type": "asset_type"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its value before and after; `kind` is changed, added or removed (a whole row or file)."""

    field: str
    kind: str
    before: Any
    after: Any


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every change from one content (entries.queries.content) to the next, in the order of the form."""
    return [
        *_rows("applicant", before["applicants"], after["applicants"], "uscc"),
        *_values(PLAIN[:1], before, after),
        *_values(after["project"], before["project"], after["project"]),
        *_rows("asset", before["assets"], after["assets"], "number"),
        *_files(before["files"], after["files"]),
        *_values(BLOCKS, before, after),
        *_values(PLAIN[1:], before, after),
    ]


def segments(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as one sequence of (same | gone | new, text), cut at the ends of clauses."""
    old, new = _clauses(before), _clauses(after)
    found: list[tuple[str, str]] = []
    for verb, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append((SAME, "".join(old[old_from:old_to])))
            continue
        found += [(GONE, "".join(old[old_from:old_to])), (NEW, "".join(new[new_from:new_to]))]
    return [(kind, text) for kind, text in found if text]


def _values(names: Sequence[str] | Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in names:
        # What an older submission did not have yet is the same as nothing.
        if (before.get(name) or None) != (after.get(name) or None):
            yield Change(name, "changed", before.get(name), after.get(name))


def _rows(head: str, before: list[dict[str, Any]], after: list[dict[str, Any]], key: str) -> Iterator[Change]:
    """Rows are the same when they have the same key; of those left over, the first answers to the first."""
    partners, gone = _paired(before, after, key)
    for new, old in enumerate(partners):
        if old is None:
            yield Change(f"{head}.{new + 1}", "added", None, after[new])
            continue
        for one in _values(after[new], before[old], after[new]):
            column = COLUMN_NAMES.get(one.field, one.field)
            yield Change(f"{head}.{new + 1}.{column}", "changed", one.before, one.after)
    for old in gone:
        yield Change(f"{head}.{old + 1}", "removed", before[old], None)


def _paired(before: list[dict[str, Any]], after: list[dict[str, Any]], key: str) -> tuple[list[int | None], list[int]]:
    """For each row after, the row before it was; and the rows before that are gone."""
    old_by_key = {row[key]: index for index, row in enumerate(before) if row[key]}
    same = {index: old_by_key.pop(row[key]) for index, row in enumerate(after) if row[key] in old_by_key}
    free = [index for index in range(len(before)) if index not in same.values()]
    partners: list[int | None] = []
    for index in range(len(after)):
        partners.append(same[index] if index in same else free.pop(0) if free else None)
    return partners, free


def _files(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Change]:
    """Files are told apart by kind and hash: another file of a kind replaces the one before it."""
    kinds = dict.fromkeys(one["kind"] for one in [*before, *after])
    for kind in kinds:
        old = [one for one in before if one["kind"] == kind]
        new = [one for one in after if one["kind"] == kind]
        gone = [one for one in old if one["sha256"] not in {other["sha256"] for other in new}]
        come = [one for one in new if one["sha256"] not in {other["sha256"] for other in old}]
        for index in range(max(len(gone), len(come))):
            left, right = gone[index : index + 1], come[index : index + 1]
            what = "changed" if left and right else "added" if right else "removed"
            yield Change(f"file.{kind}", what, left[0] if left else None, right[0] if right else None)


def _clauses(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[。；，、！？\n])", text) if one]
