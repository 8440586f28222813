"""The number of an entry as people read it."""

from __future__ import annotations


def entry_code(number: int | None) -> str:
    """Three digits ("047"), more where there are more; empty before acceptance, when an entry has no number (None)."""
    return f"{number:03d}" if number else ""
