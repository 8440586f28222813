"""Which parts of an edition a new one may take over. Apps above register theirs (ADR 0001): nothing of people's data is one.

A part's `copy(source, target, days)` replaces what the preset wrote in the new edition; `days` is how far its dates lie behind
the source's. `told(source, days)` are the sentences of the preview. `needs` names the parts it makes no sense without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from competitions.models import Edition


@dataclass(frozen=True, slots=True)
class ClonePart:
    """See above; `order` is the order in which parts are copied and shown."""

    key: str
    name: str
    about: str
    order: int
    copy: Callable[[Edition, Edition, int], None]
    told: Callable[[Edition, int], list[str]]
    needs: tuple[str, ...] = ()


_PARTS: dict[str, ClonePart] = {}


def register(*parts: ClonePart) -> None:
    _PARTS.update({part.key: part for part in parts})


def clone_parts() -> list[ClonePart]:
    """Every registered part in order."""
    return sorted(_PARTS.values(), key=lambda part: (part.order, part.key))
