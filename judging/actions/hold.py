"""The chief judge stops the reveal of an entrant while a dispute is settled, and lifts the stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.audit.journal import record
from judging import states
from judging.actions.guard import require, require_reason
from judging.actions.roadshow import lock_room, raise_version
from judging.errors.stage import SlotNotHeld, SlotNotLive
from judging.models import RoadshowSlot


@transaction.atomic
def hold_slot(*, slot: RoadshowSlot, reason: str, version: int, actor: Actor, at: datetime) -> RoadshowSlot:
    """Stops the reveal of the entrant on stage; the operator cannot go on until the chief judge lifts it.

    Refuses everybody but the chief judge, an entrant who is not on stage, a missing reason and an old picture.
    """
    text = require_reason(reason)
    slot = _locked(slot, version, actor)
    if slot.state not in states.LIVE:
        raise SlotNotLive(entry=slot.entry.code)
    return _put(slot, text, "judging.slot.held", {"reason": text}, actor, at)


@transaction.atomic
def lift_hold(*, slot: RoadshowSlot, decision: str, version: int, actor: Actor, at: datetime) -> RoadshowSlot:
    """Ends the stop with what was decided about the dispute. Refuses everybody but the chief judge, and where there is none."""
    text = require_reason(decision)
    slot = _locked(slot, version, actor)
    if not slot.hold_reason:
        raise SlotNotHeld(entry=slot.entry.code)
    return _put(slot, "", "judging.slot.hold-lifted", {"decision": text, "held_for": slot.hold_reason}, actor, at)


@transaction.atomic
def check_in(*, slot: RoadshowSlot, is_here: bool, version: int, actor: Actor, at: datetime) -> RoadshowSlot:
    """Records that an entrant has come to the hall (签到), or takes it back. Refuses an old picture."""
    room = lock_room(slot.round_id, version)
    require(actor, "judging.operate_stage", room.round)
    slot = RoadshowSlot.objects.select_for_update(of=("self",)).select_related("entry", "round__edition").get(pk=slot.pk)
    slot.checked_in_at = at if is_here else None
    slot.save(update_fields=["checked_in_at"])
    raise_version(room)
    _record("judging.slot.checked-in", slot, actor, at, {"here": is_here})
    return slot


def _locked(slot: RoadshowSlot, version: int, actor: Actor) -> RoadshowSlot:
    room = lock_room(slot.round_id, version)
    require(actor, "judging.chair_panel", room.round)
    raise_version(room)
    return RoadshowSlot.objects.select_for_update(of=("self",)).select_related("entry", "round__edition").get(pk=slot.pk)


def _put(
    slot: RoadshowSlot, hold_reason: str, verb: str, after: dict[str, object], actor: Actor, at: datetime
) -> RoadshowSlot:
    slot.hold_reason = hold_reason
    slot.save(update_fields=["hold_reason"])
    _record(verb, slot, actor, at, after)
    return slot


def _record(verb: str, slot: RoadshowSlot, actor: Actor, at: datetime, after: dict[str, object]) -> None:
    edition = slot.round.edition.slug
    record(verb=verb, obj=slot, actor=actor, at=at, edition=edition, after={"entry": slot.entry.code, **after})
