"""The chief judge stops a reveal; nobody else does, and nobody goes on before it is lifted."""

from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed
from judging.actions.hold import check_in, hold_slot, lift_hold
from judging.errors import ReasonMissing
from judging.errors.stage import RoomMoved, SlotHeld, SlotNotHeld, SlotNotLive
from judging.models import RoadshowSlot
from tests.cast import Cast
from tests.judging.hall import AT, MARKS, TO_REVEAL, TO_SCORING, Hall, build_hall


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


def hold(hall: Hall, who: str = "chief", reason: str = "对专利有效性有争议", number: int = 0) -> RoadshowSlot:
    return hold_slot(
        slot=hall.slots[number], reason=reason, version=hall.room.version, actor=hall.cast.people[who], at=AT
    )


def test_a_held_entrant_is_not_revealed_until_lifted(cast: Cast, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, "close_scoring")
    hold(hall)
    with pytest.raises(SlotHeld, match="对专利有效性有争议"):
        hall.step(0, "reveal")
    assert hall.slots[0].state == "closed"
    lift_hold(slot=hall.slots[0], decision="争议不成立", version=hall.room.version, actor=cast.chief, at=AT)
    hall.step(0, "reveal")
    assert (hall.slots[0].state, hall.slots[0].hold_reason) == ("revealed", "")
    verbs = list(AuditEntry.objects.filter(verb__startswith="judging.slot.h").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["judging.slot.held", "judging.slot.hold-lifted"]


def test_a_held_reveal_goes_back_but_not_on(hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, *TO_REVEAL)
    hold(hall)
    for verb in ("reveal_next", "finish"):
        with pytest.raises(SlotHeld):
            hall.step(0, verb)
    hall.step(0, "undo_reveal")
    assert hall.slots[0].state == "closed"


@pytest.mark.parametrize("who", ["operator", "organiser", "judge", "foreigner"])
def test_only_the_chief_judge_holds(hall: Hall, who: str) -> None:
    hall.step(0, "start_talk")
    version = hall.room.version
    with pytest.raises(NotAllowed):
        hold(hall, who)
    assert (hall.slots[0].hold_reason, hall.room.version) == ("", version)


def test_refusals_change_nothing(cast: Cast, hall: Hall) -> None:
    with pytest.raises(SlotNotLive):
        hold(hall)
    with pytest.raises(ReasonMissing):
        hold(hall, reason=" ")
    with pytest.raises(SlotNotHeld):
        lift_hold(slot=hall.slots[0], decision="无", version=hall.room.version, actor=cast.chief, at=AT)
    with pytest.raises(RoomMoved):
        hold_slot(slot=hall.slots[0], reason="旧画面", version=99, actor=cast.chief, at=AT)
    with pytest.raises(NotAllowed):
        check_in(slot=hall.slots[0], is_here=True, version=hall.room.version, actor=cast.judge, at=AT)
    assert (hall.room.version, hall.slots[0].checked_in_at) == (1, None)
