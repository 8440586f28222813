"""What the chief judge looks at."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Edition, Round
from judging import states
from judging.models import Assignment
from judging.queries.access import SCORED
from judging.queries.desk import Desk, JudgeLine


def scored_rounds(edition: Edition) -> list[Round]:
    """The rounds of the edition that have a panel, in order, with stage and overrides."""
    rounds = edition.rounds.filter(kind__in=SCORED, panels__isnull=False).select_related("stage", "edition")
    return list(rounds.prefetch_related("stage__overrides").order_by("position"))


@dataclass(frozen=True, slots=True)
class ChairLine:
    """A seat before the chief judge: how far its sheet is, and the assignment to send back where that is possible."""

    line: JudgeLine
    sendable: str


def chair_lines(desk: Desk) -> list[ChairLine]:
    """Every seat about the entrant on stage; `sendable` is the assignment's public id while marks are taken."""
    slot = desk.current
    ids: dict[int, str] = {}
    if slot is not None and slot.state in states.TAKES_MARKS and slot.revealed_at is None:
        rows = Assignment.objects.filter(seat__panel__round=desk.room.round_id, entry_id=slot.entry_id)
        ids = dict(rows.filter(sheet__state=states.LOCKED).values_list("seat_id", "public_id"))
    return [ChairLine(line, ids.get(line.seat.pk, "")) for line in desk.judges]
