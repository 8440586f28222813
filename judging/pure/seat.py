"""What a judge is called where the name stays out of it."""

from __future__ import annotations


def seat_label(number: int) -> str:
    """The name of a seat for everybody but its judge: 评委 07."""
    return f"评委 {number:02d}"
