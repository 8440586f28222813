"""Steering the live final: one room, one entrant at a time, every step under the room's version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import rules
from django.db import transaction
from django.db.models import F

from accounts.models import User
from competitions.models import Round
from core.actor import Actor
from core.audit.journal import record
from judging import states
from judging.actions.decision import lift_plain_mean, take_plain_mean
from judging.actions.guard import require, require_reason
from judging.errors.stage import (
    AlreadyRevealed,
    DrawsMissing,
    RevealAtEnd,
    RoomMoved,
    SlotHeld,
    StageOccupied,
)
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.draw import current_draws
from judging.queries.roadshow import closing_gap, missing_seats, seat_marks, strikes_out, too_few


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

    Refuses whoever may not take the step, when somebody acted meanwhile, when another entrant is on stage, a reveal the
    chief judge has stopped, and the closing of the marks while a present judge has not submitted or too few marks are
    there for trimming, unless the chief judge gives the `reason`; too few then means the plain mean for the whole round.
    """
    room = lock_room(slot.round_id, version)
    _require_may(verb, room, actor, reason)
    slot = RoadshowSlot.objects.select_for_update(of=("self",)).select_related("entry").get(pk=slot.pk)
    before = slot.state
    slot.state = states.SLOT.target(verb, slot.state)
    if slot.hold_reason and verb in states.HELD_VERBS:
        raise SlotHeld(reason=slot.hold_reason)
    STEPS.get(verb, _begin_phase)(room, slot, actor, at, reason)
    slot.save()
    raise_version(room)
    _journal(
        f"judging.slot.{verb}",
        slot,
        actor,
        at,
        {"entry": slot.entry.code, "from": before, "to": slot.state, "step": slot.reveal_step, "reason": reason},
    )
    return room


def lock_room(round_id: int, version: int) -> RoadshowRoom:
    """The room, locked for the transaction: of two who click at once the second one is refused (`RoomMoved`)."""
    room = RoadshowRoom.objects.select_for_update(of=("self",)).select_related("round__edition").get(round=round_id)
    if room.version != version:
        raise RoomMoved
    return room


def raise_version(room: RoadshowRoom) -> None:
    """Every page in the hall takes the new state at its next poll."""
    room.version += 1
    room.save(update_fields=["version", "current"])


@transaction.atomic
def mark_presence(*, seat: PanelSeat, is_present: bool, actor: Actor, at: datetime) -> PanelSeat:
    """Records whether a judge is in the hall; absent judges are not waited for and never count as zero."""
    room = RoadshowRoom.objects.select_for_update(of=("self",)).filter(round=seat.panel.round_id).first()
    seat.is_present = is_present
    seat.save(update_fields=["is_present"])
    if room is not None:
        raise_version(room)
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


def _require_may(verb: str, room: RoadshowRoom, actor: Actor, reason: str) -> None:
    """The operator takes every step but the chief judge's; the chief judge closes the marks with a reason, and reopens."""
    if verb == "close_scoring" and reason.strip() and _is_chief(actor, room):
        return
    require(actor, states.SLOT.moves[verb].may, room.round)


def _is_chief(actor: Actor, room: RoadshowRoom) -> bool:
    return isinstance(actor, User) and rules.has_perm("judging.chair_panel", actor, room.round)


def _begin_phase(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.phase_before_at, slot.phase_at = slot.phase_at, at


def _resume_phase(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    """The step was taken too early: the clock of the phase before runs on as if it had not been."""
    slot.phase_at, slot.phase_before_at = slot.phase_before_at or at, None


def _start_talk(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    busy = RoadshowSlot.objects.filter(round=slot.round_id, state__in=states.LIVE).exclude(pk=slot.pk)
    other = busy.select_related("entry").first()
    if other is not None:
        raise StageOccupied(entry=f"{other.entry.code} {other.entry.short_name}")
    slot.phase_before_at, slot.phase_at = None, at
    slot.checked_in_at = slot.checked_in_at or at
    room.current = slot


def _leave_stage(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.phase_at = slot.phase_before_at = None
    room.current = RoadshowSlot.objects.filter(round=room.round_id, state=states.FINISHED).order_by("-phase_at").first()


def _close_scoring(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    marks = seat_marks(room.round_id, [slot.entry_id])[slot.entry_id]
    count = sum(1 for _, total in marks if total is not None)
    gap = closing_gap(room.round, missing_seats(marks), count)
    if gap is not None:
        if not reason.strip() or not isinstance(actor, User) or not _is_chief(actor, room):
            raise gap
        slot.override_reason = require_reason(reason)
        if too_few(room.round, count) is not None:
            take_plain_mean(round=room.round, reason=reason, actor=actor, at=at)
    _begin_phase(room, slot, actor, at, reason)


def _reopen_scoring(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    if slot.revealed_at is not None:
        raise AlreadyRevealed(entry=slot.entry.code)
    require_reason(reason)
    slot.override_reason = ""
    if room.round.plain_mean_at is not None and room.round.plain_mean_at == slot.phase_at:
        lift_plain_mean(round=room.round, actor=actor, at=at)
    _resume_phase(room, slot, actor, at, reason)


def _reveal(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.phase_at, slot.reveal_step = at, 1
    slot.revealed_at = slot.revealed_at or at


def _reveal_next(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    if slot.reveal_step >= states.REVEAL_STEPS:
        raise RevealAtEnd
    slot.reveal_step += 1 + _skips(room, slot.reveal_step + 1)


def _reveal_back(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    if slot.reveal_step > 1:
        slot.reveal_step -= 1 + _skips(room, slot.reveal_step - 1)
    else:
        slot.state = states.SLOT.target("undo_reveal", slot.state)
        slot.reveal_step = 0


def _skips(room: RoadshowRoom, step: int) -> int:
    """1 where the step would strike out dropped marks and the edition does not want that, or none are dropped."""
    return int(step == states.STRIKE_STEP and not strikes_out(room.round))


def _undo_reveal(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.reveal_step = 0


def _finish(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    slot.reveal_step = states.REVEAL_STEPS


def _stay(room: RoadshowRoom, slot: RoadshowSlot, actor: Actor, at: datetime, reason: str) -> None:
    """Nothing but the state changes."""


STEPS: dict[str, Callable[[RoadshowRoom, RoadshowSlot, Actor, datetime, str], None]] = {
    "start_talk": _start_talk,
    "back_to_waiting": _leave_stage,
    "back_to_talk": _resume_phase,
    "back_to_answers": _resume_phase,
    "close_scoring": _close_scoring,
    "reopen_scoring": _reopen_scoring,
    "reveal": _reveal,
    "reveal_next": _reveal_next,
    "reveal_back": _reveal_back,
    "undo_reveal": _undo_reveal,
    "finish": _finish,
    "mark_absent": _stay,
    "restore": _stay,
}


def _journal(verb: str, obj: RoadshowRoom | RoadshowSlot, actor: Actor, at: datetime, after: dict[str, object]) -> None:
    record(verb=verb, obj=obj, actor=actor, at=at, edition=obj.round.edition.slug, after=after)
