"""A preliminary of the cast ready to be judged: seats, entries and an assignment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from competitions.models import Round
from entries.models import Entry
from judging.models import Assignment, PanelSeat
from tests.cast import Cast
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory, PanelFactory, PanelSeatFactory

MARKS = {"A": "50.5", "B": "36"}


@dataclass
class Scene:
    cast: Cast
    round: Round
    seats: dict[str, PanelSeat]
    entries: list[Entry]
    assignment: Assignment


def build_scene(cast: Cast, kind: str = "preliminary", entry_count: int = 1) -> Scene:
    """Judge (01), judge2 (02), conflicted (03) and chief (04) seated; the first entry is given to the judge."""
    round = cast.edition.rounds.get(kind=kind)
    panel = PanelFactory(round=round)
    people = ("judge", "judge2", "conflicted", "chief")
    seats = {
        who: PanelSeatFactory(panel=panel, judge=getattr(cast, who), number=number, is_chief=who == "chief")
        for number, who in enumerate(people, start=1)
    }
    entries = [build_accepted_entry(cast.edition, number) for number in range(1, entry_count + 1)]
    assignment = AssignmentFactory(seat=seats["judge"], entry=entries[0], position=1)
    return Scene(cast, round, seats, entries, assignment)


def readable(body: bytes) -> str:
    """An answer as a person reads it: what JSON writes as \\u67cf is the character."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), body.decode("utf-8", "replace"))
