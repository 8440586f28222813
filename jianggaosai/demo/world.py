"""Building the demo world, stage after stage, through the actions a person triggers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from accounts.models import Organisation, User
from competitions.models import Edition
from entries.models import Entry
from jianggaosai.demo.calendar import Calendar
from jianggaosai.demo.plan import Plan

Progress = Callable[[str, int, int], None]


@dataclass
class World:
    """What has been built so far. `tell(what, done, of)` reports progress; `random` decides everything left to chance."""

    calendar: Calendar
    plan: Plan
    random: Random
    tell: Progress
    staff: dict[str, User]
    judges: list[User]
    edition: Edition
    organisations: list[Organisation] = field(default_factory=list)
    owners: list[User] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # in the order of plan.projects

    def quality(self, entry: Entry) -> float:
        return self.plan.projects[self.index_of(entry)].quality

    def index_of(self, entry: Entry) -> int:
        return next(index for index, one in enumerate(self.entries) if one.pk == entry.pk)
