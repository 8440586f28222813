"""To whom an organiser can write: each app registers the people it knows (ADR 0001)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be written to. `has_account`: the addresses are those of an account, so that what is written there is found
    on the site as well. Whoever has no address at all is counted and shown as out of reach."""

    name: str
    email: str
    mobile: str = ""
    has_account: bool = False

    @property
    def address(self) -> str:
        """Where the site finds them: mail before mobile; empty where neither is known."""
        return self.email.strip().lower() or self.mobile


@dataclass(frozen=True, slots=True)
class Audience:
    """`people` gets the edition; the same person may come several times. `order` places it in the list."""

    code: str
    name: str
    people: Callable[[Any], Iterable[Recipient]]
    order: int


_AUDIENCES: dict[str, Audience] = {}


def register(*audiences: Audience) -> None:
    """Called in `AppConfig.ready`."""
    _AUDIENCES.update({one.code: one for one in audiences})


def all_audiences() -> list[Audience]:
    return sorted(_AUDIENCES.values(), key=lambda one: one.order)
