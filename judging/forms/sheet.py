"""What comes from the score page: the marks as typed, by criterion code. The action judges them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "mark-"
HIGHEST_SEQUENCE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class SheetInput:
    """Marks as text by code, the two texts, and the sequence of the save (0 when it is no number)."""

    marks: dict[str, str]
    comment: str
    feedback: str
    sequence: int


def read_sheet(data: Mapping[str, str]) -> SheetInput:
    """The fields `mark-<code>`, `comment`, `feedback` and `sequence` of a POST; others are left alone."""
    typed = data.get("sequence", "")
    sequence = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 10 else 0
    marks = {key.removeprefix(PREFIX): value.strip() for key, value in data.items() if key.startswith(PREFIX)}
    return SheetInput(
        marks, data.get("comment", ""), data.get("feedback", ""), sequence if sequence <= HIGHEST_SEQUENCE else 0
    )
