"""Who acts: a signed-in person or the platform itself. `core` knows no user model, only this shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What every action needs of its actor: a stable code for the journal and a name for people."""

    @property
    def actor_code(self) -> str: ...

    @property
    def actor_label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The platform acting by itself: a periodic job, a deadline."""

    actor_code: str = "system"
    actor_label: str = "系统"


SYSTEM = System()
