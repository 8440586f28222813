"""Steering the live final: one room, one entrant at a time, every step under the room's version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import rules
from django.db import transaction
from django.db.models import F

from competitions.models import Round
from core.actor import Actor
from core.audit.journal import record
from judging import states
from judging.errors import DrawsMissing, JudgesMissing, RevealAtEnd, RoomMoved, StageOccupied
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.draw import current_draws
from judging.queries.roadshow import missing_seats, seat_marks


@transaction.atomic
def open_room(*, round: Round, actor: Actor, at: datetime) -> RoadshowRoom:
    """Makes the room with the turns of every published draw, group after group; opened once, returned again later.

    Refuses while a finalist has no place in a published draw.
    """
    room, is_new = RoadshowRoom.objects.select_for_update().get_or_create(round=round)
    if not is_new:
        return room
    order = [place.entry for draw in current_draws(round.pk) for place in draw.positions.all()]
    finalists = Assignment.objects.filter(seat__panel__round=round, state=states.ASSIGNED)
    missing = set(finalists.values_list("entry_id", flat=True)) - {entry.pk for entry in order}
    if missing or not order:
        raise DrawsMissing(count=len(missing))
    RoadshowSlot.objects.bulk_create(
        RoadshowSlot(round=round, entry=entry, position=position) for position, entry in enumerate(order, start=1)
    )
    _journal("judging.room.opened", room, actor, at, {"order": [entry.code for entry in order]})
    return room


@transaction.atomic
def advance_slot(
    *, slot: RoadshowSlot, verb: str, version: int, actor: Actor, at: datetime, reason: str = ""
) -> RoadshowRoom:
    """Takes one step with an entrant. `verb` is a move of the slot table; `version` the room version the actor saw.

    Refuses when somebody acted meanwhile, when another entrant is on stage, and a reveal while a present judge has not
    submitted, unless the chief judge gives the `reason`.
    """
    room = RoadshowRoom.objects.select_for_update().select_related("round__edition").get(round=slot.round_id)
    if room.version != version:
        raise RoomMoved
    slot = RoadshowSlot.objects.select_for_update(of=("self",)).select_related("entry").get(pk=slot.pk)
    before = slot.state
    slot.state = states.SLOT.target(verb, slot.state)
    STEPS.get(verb, _begin_phase)(room, slot, actor, at, reason)
    slot.save()
    room.version += 1
    room.save(update_fields=["version", "current"])
    _journal(
        f"judging.slot.{verb}",
        slot,
        actor,
        at,
        {"entry": slot.entry.code, "from": before, "to": slot.state, "step": slot.reveal_step, "reason": reason},
    )
    return room


@transaction.atomic
def mark_presence(*, seat: PanelSeat, is_present: bool, actor: Actor, at: datetime) -> PanelSeat:
    """Records whether a judge is in the hall; absent judges are not waited for and never count as zero."""
    room = RoadshowRoom.objects.select_for_update().filter(round=seat.panel.round_id).first()
    seat.is_present = is_present
    seat.save(update_fields=["is_present"])
    if room is not None:
        room.version += 1
        room.save(update_fields=["version"])
    record(
        verb="judging.seat.presence-marked",
        obj=seat,
        actor=actor,
        at=at,
        edition=seat.panel.round.edition.slug,
        after={"seat": seat.number, "present": is_present},
    )
    return seat


def move_room(round_id: int) -> None:
    """Raises the version when what hall and desk show changed elsewhere (a sheet reopened, a judge who stepped back), so
    that nobody acts on the old picture. A round without a room needs none."""
    RoadshowRoom.objects.filter(round_id=round_id).update(version=F("version") + 1)


def _begin_phase(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.phase_at = at


def _start_talk(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    busy = RoadshowSlot.objects.filter(round=slot.round_id, state__in=states.LIVE).exclude(pk=slot.pk)
    other = busy.select_related("entry").first()
    if other is not None:
        raise StageOccupied(entry=f"{other.entry.code} {other.entry.short_name}")
    slot.phase_at = at
    room.current = slot


def _reveal(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    missing = missing_seats(seat_marks(room.round_id, [slot.entry_id])[slot.entry_id])
    if missing:
        if not reason.strip() or not rules.has_perm("judging.chair_panel", actor, room.round):
            raise JudgesMissing(seats="、".join(f"评委 {seat.number:02d} " for seat in missing))
        slot.override_reason = reason.strip()
    slot.phase_at, slot.reveal_step = at, 1
    slot.revealed_at = slot.revealed_at or at


def _reveal_next(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    if slot.reveal_step >= states.REVEAL_STEPS:
        raise RevealAtEnd
    slot.reveal_step += 1


def _reveal_back(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    if slot.reveal_step > 1:
        slot.reveal_step -= 1
    else:
        slot.state = states.SLOT.target("undo_reveal", slot.state)
        slot.reveal_step = 0


def _undo_reveal(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.reveal_step = 0


def _finish(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.reveal_step = states.REVEAL_STEPS


STEPS: dict[str, Callable[[RoadshowRoom, RoadshowSlot, Actor, datetime, str], None]] = {
    "start_talk": _start_talk,
    "reveal": _reveal,
    "reveal_next": _reveal_next,
    "reveal_back": _reveal_back,
    "undo_reveal": _undo_reveal,
    "finish": _finish,
}


def _journal(verb: str, obj: RoadshowRoom | RoadshowSlot, actor: Actor, at: datetime, after: dict[str, object]) -> None:
    record(verb=verb, obj=obj, actor=actor, at=at, edition=obj.round.edition.slug, after=after)
