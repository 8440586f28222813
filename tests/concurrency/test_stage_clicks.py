"""The stage operator and the chief judge click at the same moment: one acts, the other is told to look again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from pytest import MonkeyPatch

from core.models import AuditEntry
from judging.actions import hold, roadshow
from judging.actions.hold import hold_slot
from judging.actions.roadshow import advance_slot
from judging.errors.stage import RoomMoved, SlotHeld
from judging.models import RoadshowRoom, RoadshowSlot
from tests.cast import build_cast
from tests.concurrency.test_entry_numbers import at_once
from tests.judging.hall import AT, MARKS, TO_SCORING, Hall, build_hall


def ready() -> Hall:
    """Everybody has submitted, the marks are closed."""
    hall = build_hall(build_cast(), entries=1)
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, "close_scoring")
    return hall


def click(hall: Hall, version: int, verb: str) -> Callable[[], str]:
    """A click on what the page showed at `version`; a page that was overtaken is refused."""

    def act() -> str:
        slot, who = RoadshowSlot.objects.get(position=1), hall.cast
        try:
            if verb == "hold":
                hold_slot(slot=slot, reason="现场提出异议", version=version, actor=who.chief, at=AT)
            elif verb == "reopen_scoring":
                advance_slot(slot=slot, verb=verb, version=version, actor=who.chief, at=AT, reason="评委填错行")
            else:
                advance_slot(slot=slot, verb=verb, version=version, actor=who.operator, at=AT)
        except (RoomMoved, SlotHeld) as refusal:
            return type(refusal).__name__
        return verb

    return act


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("chiefs", ["hold", "reopen_scoring"])
def test_of_operator_and_chief_one_acts(chiefs: str) -> None:
    hall = ready()
    version = hall.room.version
    results = at_once([click(hall, version, "reveal"), click(hall, version, chiefs)])
    assert sorted(results, key=lambda one: one == "RoomMoved")[1] == "RoomMoved"
    won = next(one for one in results if one != "RoomMoved")
    slot = RoadshowSlot.objects.get()
    assert {"reveal": ("revealed", ""), "hold": ("closed", "现场提出异议"), "reopen_scoring": ("scoring", "")}[won] == (
        slot.state, slot.hold_reason,
    )  # fmt: skip
    assert RoadshowRoom.objects.get().version == version + 1
    verbs = AuditEntry.objects.filter(verb__in=["judging.slot.reveal", "judging.slot.held", "judging.slot.reopen_scoring"])
    assert verbs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_on_one_picture_are_one_step() -> None:
    hall = ready()
    hall.step(0, "reveal")
    version = hall.room.version
    results = at_once([click(hall, version, "reveal_next") for _ in range(8)])
    assert sorted(results) == ["RoomMoved"] * 7 + ["reveal_next"]
    assert RoadshowSlot.objects.get().reveal_step == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_version_several_clicks_count(monkeypatch: MonkeyPatch) -> None:
    """Negative control: the room locked, and the picture not asked for."""

    def lock_anyway(round_id: int, version: int) -> RoadshowRoom:
        return RoadshowRoom.objects.select_for_update(of=("self",)).select_related("round__edition").get(round=round_id)

    monkeypatch.setattr(roadshow, "lock_room", lock_anyway)
    monkeypatch.setattr(hold, "lock_room", lock_anyway)
    hall = ready()
    hall.step(0, "reveal")
    results = at_once([click(hall, hall.room.version, "reveal_next") for _ in range(3)])
    assert results == ["reveal_next"] * 3
    assert RoadshowSlot.objects.get().reveal_step == 4


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_pages_of_one_version_both_act(monkeypatch: MonkeyPatch) -> None:
    """Negative control on PostgreSQL: both have compared the version before either writes."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite begins every write transaction with the lock")
    both_looked = threading.Barrier(2)

    def look_only(round_id: int, version: int) -> RoadshowRoom:
        room = RoadshowRoom.objects.select_related("round__edition").get(round=round_id)
        if room.version != version:
            raise RoomMoved
        both_looked.wait(timeout=30)
        return room

    hall = ready()
    hall.step(0, "reveal")
    monkeypatch.setattr(roadshow, "lock_room", look_only)
    results = at_once([click(hall, hall.room.version, "reveal_next") for _ in range(2)])
    assert results == ["reveal_next"] * 2
    assert RoadshowSlot.objects.get().reveal_step == 3
