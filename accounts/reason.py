"""The reason somebody gives before using power over other people's accounts."""

from __future__ import annotations

from accounts.errors import ReasonTooShort

SHORTEST_REASON = 10


def read_reason(raw: str) -> str:
    """The reason with its white space put in order. Refuses (ReasonTooShort) fewer than ten characters."""
    reason = " ".join(raw.split())
    if len(reason) < SHORTEST_REASON:
        raise ReasonTooShort(least=SHORTEST_REASON)
    return reason
