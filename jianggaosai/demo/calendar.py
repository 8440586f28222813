"""When things happen in the demo world: the preset's calendar, moved so that the wanted stage is running now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from competitions.pure.edition_preset import JIANGGAOSAI
from core.clock import local, local_day

STAGES = ("registration", "formality", "voting", "preliminary", "final", "notice", "results")
# On which day after the first day of the registration `now` falls, stage by stage.
DAY_OF_NOW = {"registration": 50, "formality": 70, "voting": 88, "preliminary": 103, "final": 150, "notice": 155, "results": 162}

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Calendar:
    """`now`, the wanted stage, and the window of every stage of the edition."""

    stage: str
    now: datetime
    first_day: date
    windows: dict[str, Window]

    def reached(self, stage: str) -> bool:
        """Whether the world has come as far as `stage`."""
        return STAGES.index(self.stage) >= STAGES.index(stage)

    def opens(self, kind: str) -> datetime:
        return self.windows[kind][0]

    def closes(self, kind: str) -> datetime:
        return self.windows[kind][1]

    def within(self, kind: str, part: float) -> datetime:
        """The moment at `part` (0…1) of a stage, as far as it has run by `now`."""
        opens, closes = self.windows[kind]
        return opens + (min(closes, self.now) - opens) * part

    def before(self, kind: str, **span: int) -> datetime:
        return self.opens(kind) - timedelta(**span)


def make_calendar(stage: str, now: datetime) -> Calendar:
    """The calendar in which `stage` is running at `now`. A live final began an hour and a half ago, whatever the hour."""
    first_day = local_day(now) - timedelta(days=DAY_OF_NOW[stage])
    windows = {preset.kind: preset.window(first_day) for preset in JIANGGAOSAI.stages}
    if stage == "final":
        start = local(now).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
        windows["final"] = (start, start + timedelta(hours=9))
    return Calendar(stage, now, first_day, windows)
