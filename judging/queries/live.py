"""What a judge in the hall follows: who is on stage, and the judge's own sheet. Nothing of any other judge."""

from __future__ import annotations

from datetime import datetime

from competitions.models import Round
from judging import states
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.material import entry_title, organisation_names
from judging.queries.progress import word_of
from judging.queries.screen import IDLE, milliseconds, state_number

NONE, MISSED = "none", "missed"


def round_room(round: Round) -> RoadshowRoom | None:
    """The round's room with its present entrant; None before it is opened."""
    rooms = RoadshowRoom.objects.filter(round=round)
    return rooms.select_related("round__edition", "current__entry__group").first()


def on_stage(room: RoadshowRoom | None) -> RoadshowSlot | None:
    """The turn that is on stage, if any."""
    slot = room.current if room is not None else None
    return slot if slot is not None and slot.state in states.LIVE else None


def own_assignment(seat: PanelSeat, slot: RoadshowSlot | None) -> Assignment | None:
    """The judge's own assignment of the entrant on stage, with its sheet."""
    if slot is None:
        return None
    return Assignment.objects.filter(seat=seat, entry_id=slot.entry_id).select_related("sheet").first()


def own_word(slot: RoadshowSlot | None, assignment: Assignment | None) -> str:
    """none (nothing to score), recused, locked, empty, draft; missed once marks were shown without the judge's."""
    if slot is None or assignment is None or assignment.state == states.WITHDRAWN:
        return NONE
    word = word_of(assignment)
    is_over = slot.state not in states.TAKES_MARKS or slot.revealed_at is not None
    return MISSED if is_over and word in (states.EMPTY, states.DRAFT) else word


def live_number(room: RoadshowRoom | None) -> int:
    """The number of the room's state; 0 before the room is opened."""
    return 0 if room is None else state_number(room)


def live_state(room: RoadshowRoom | None, number: int, slot: RoadshowSlot | None, word: str, at: datetime) -> dict[str, object]:
    """What the page shows, without the links; `word` is the judge's own (`own_word`)."""
    waiting = _next_in(room) if slot is None and room is not None else None
    return {
        "number": number,
        "now": milliseconds(at),
        "phase": slot.state if slot else IDLE,
        "phase_label": states.SLOT.labels[slot.state] if slot else "",
        "phase_at": milliseconds(slot.phase_at) if slot else None,
        "length": _length(room.round, slot.state) if room and slot else 0,
        "warn": room.round.warn_seconds if room else 0,
        "entrant": _entrant(slot, room.round) if room and slot else None,
        "next": _entrant(waiting, room.round) if room and waiting else None,
        "word": word,
    }


def _next_in(room: RoadshowRoom) -> RoadshowSlot | None:
    slots = RoadshowSlot.objects.filter(round_id=room.round_id, state=states.WAITING)
    return slots.select_related("entry__group").order_by("position").first()


def _entrant(slot: RoadshowSlot, round: Round) -> dict[str, object]:
    return {
        "code": slot.entry.code,
        "title": entry_title(slot.entry, round.is_blind),
        "organisations": organisation_names(slot.entry, round.is_blind),
        "group": slot.entry.group.name if slot.entry.group else "",
    }


def _length(round: Round, phase: str) -> int:
    """Seconds of the phase; 0 where the clock counts up."""
    return {states.TALK: round.talk_seconds, states.ANSWERS: round.answer_seconds}.get(phase, 0)
