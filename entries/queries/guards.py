"""What apps above know that forbids a step on an entry (results that were published): a registry, not a signal.

    from entries.queries.guards import register
    register("regroup", reason_of)

`reason_of(entry)` returns a sentence, or an empty string when nothing is in the way.
"""

from __future__ import annotations

from collections.abc import Callable

from entries.models import Entry

ReasonOf = Callable[[Entry], str]
_guards: dict[str, list[ReasonOf]] = {}


def register(step: str, reason_of: ReasonOf) -> None:
    """Adds what may forbid `step` (regroup); the same callable once."""
    known = _guards.setdefault(step, [])
    if reason_of not in known:
        known.append(reason_of)


def forbidding(step: str, entry: Entry) -> str:
    """The first sentence that forbids the step, or an empty string."""
    return next((text for text in (reason_of(entry) for reason_of in _guards.get(step, [])) if text), "")
