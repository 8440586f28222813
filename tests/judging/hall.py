"""A final under way: finalists drawn in order of their numbers, the room open, cast members on the first seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from judging.actions.draw import prepare_draw, publish_draw, run_draw
from judging.actions.roadshow import advance_slot, open_room
from judging.actions.sheet import lock_sheet
from judging.models import RoadshowRoom, RoadshowSlot
from judging.queries.roadshow import room_slots
from tests.cast import Cast
from tests.factories import moments
from tests.factories.finals import Final, build_final
from tests.factories.judging import lock_sheet_at

AT = moments.DURING_FINAL
TO_SCORING = ("start_talk", "start_answers", "open_scoring")
TO_REVEAL = ("close_scoring", "reveal")
MARKS = ["50.5", "51.5", "52.5", "53.5", "59.5"]


@dataclass
class Hall:
    cast: Cast
    final: Final

    @property
    def room(self) -> RoadshowRoom:
        return RoadshowRoom.objects.select_related("round__edition", "current__entry__group").get()

    @property
    def slots(self) -> list[RoadshowSlot]:
        return room_slots(self.final.round.pk)

    def step(self, number: int, *verbs: str, at: datetime = AT, actor: User | None = None, **more: Any) -> None:
        """Takes the steps with the entrant at place `number` (from 0)."""
        for verb in verbs:
            advance_slot(
                slot=self.slots[number], verb=verb, version=self.room.version, actor=actor or self.cast.operator, at=at, **more
            )

    def mark(self, number: int, totals: list[str]) -> None:
        """Submitted sheets of the first seats for the entrant."""
        for seat, total in enumerate(totals):
            lock_sheet_at(self.final.assignment(seat, number), {"A": total, "B": "0"})

    def mark_own(self, number: int, marks: dict[str, str] | None = None) -> None:
        """The judge of the first seat submits on the tablet."""
        lock_sheet(
            assignment=self.final.assignment(0, number),
            marks=marks or {"A": "50.5", "B": "36"},
            comment="",
            feedback="",
            actor=self.cast.judge,
            at=AT,
        )

    def play(self, number: int, totals: list[str]) -> None:
        """A whole turn, shown to the end."""
        self.step(number, *TO_SCORING)
        self.mark(number, totals)
        self.step(number, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next", "finish")


def build_stage(cast: Cast, *, entries: int = 3, judges: int = 5) -> Final:
    """A final with judge, judge2 and chief on the seats 1 to 3 and the order published; the room is not open."""
    final = build_final(cast.edition, entries=entries, judges=judges)
    for seat, who in zip(final.seats, (cast.judge, cast.judge2, cast.chief), strict=False):
        seat.judge = who
        seat.save()
    draw = prepare_draw(
        round=final.round, group=final.entries[0].group, entries=final.entries, method="hand", actor=cast.operator, at=AT
    )
    draw = run_draw(draw=draw, witness="公证员", order=final.entries, actor=cast.operator, at=AT)
    publish_draw(draw=draw, actor=cast.operator, at=AT + timedelta(minutes=1))
    return final


def build_hall(cast: Cast, *, entries: int = 3, judges: int = 5) -> Hall:
    final = build_stage(cast, entries=entries, judges=judges)
    open_room(round=final.round, actor=cast.operator, at=AT)
    return Hall(cast, final)
