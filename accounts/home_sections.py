"""What the page /my/ shows besides a person's organisations: apps above accounts register sections of cards.

An app adds its section once, in `ready()` of its `apps.py`:

    from accounts.home_sections import Section, register
    from entries.queries.home import entry_cards

    register(Section(key="entries", title="我的参赛项目", order=10, cards=entry_cards))

where `entry_cards(user, at)` returns a list of `Card`. A section without cards is left out, unless it says in `empty`
what to do. The same list of sections stands on the page in `order`. `register_labels` lets an app say in a word what
people are in it (组织者, 评委), for lists that group people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """One thing a person may go to. `lines` are short facts under the title; `status` is (kind, value) of
    core.statuses; `action` names the link (a verb with its object)."""

    title: str
    url: str
    action: str = "查看"
    lines: tuple[str, ...] = ()
    status: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """What a section says when it has no cards: a sentence, and a way out (`url` and its words)."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""


CardsOf = Callable[[User, datetime], Sequence[Card]]
LabelsOf = Callable[[Sequence[User]], dict[int, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with cards. `key` names it in the address (#entries); `cards` is asked with (user, at)."""

    key: str
    title: str
    cards: CardsOf
    order: int = 100
    empty: Callable[[User, datetime], Empty | None] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as the page shows it."""

    key: str
    title: str
    cards: Sequence[Card]
    empty: Empty | None


_sections: dict[str, Section] = {}
_labels: list[LabelsOf] = []


def register(section: Section) -> None:
    """Add a section; the same key again replaces it."""
    _sections[section.key] = section


def register_labels(labels: LabelsOf) -> None:
    """Add a callable that takes people and returns a label by primary key, for those it knows."""
    if labels not in _labels:
        _labels.append(labels)


def sections_for(user: User, at: datetime) -> list[Shown]:
    """The sections `user` sees at `at`, in order."""
    shown = []
    for section in sorted(_sections.values(), key=lambda section: (section.order, section.key)):
        cards = section.cards(user, at)
        empty = section.empty(user, at) if section.empty and not cards else None
        if cards or empty:
            shown.append(Shown(section.key, section.title, cards, empty))
    return shown


def labels_for(users: Sequence[User]) -> dict[int, str]:
    """A label by primary key; the app that registered first wins."""
    found: dict[int, str] = {}
    for labels in _labels:
        found = {**labels(users), **found}
    return found
