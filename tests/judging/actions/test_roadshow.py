"""Steering the final: one entrant at a time, reveals in steps, and nobody acts on an old picture."""

from datetime import timedelta

import pytest

from judging.actions.draw import prepare_draw, publish_draw, redraw, run_draw
from judging.actions.roadshow import advance_slot, mark_presence, open_room
from judging.errors import (
    DrawsMissing,
    JudgesMissing,
    MarksClosed,
    RevealAtEnd,
    RoomMoved,
    RoomOpened,
    StageOccupied,
)
from judging.models import Draw, RoadshowRoom, RoadshowSlot
from judging.queries.roadshow import require_marks_open, room_slots, running_ranking, score_of, seat_marks
from tests.cast import Cast
from tests.factories import moments
from tests.factories.finals import Final, build_final
from tests.factories.judging import lock_sheet_at

AT = moments.DURING_FINAL


@pytest.fixture
def final(cast: Cast) -> Final:
    return build_final(cast.edition)


@pytest.fixture
def room(cast: Cast, final: Final) -> RoadshowRoom:
    draw = prepare_draw(
        round=final.round, group=final.entries[0].group, entries=final.entries, method="hand", actor=cast.operator, at=AT
    )
    draw = run_draw(draw=draw, witness="公证员", order=final.entries, actor=cast.operator, at=AT)
    publish_draw(draw=draw, actor=cast.operator, at=AT)
    return open_room(round=final.round, actor=cast.operator, at=AT)


def step(cast: Cast, slot: RoadshowSlot, *verbs: str, **changes: object) -> RoadshowRoom:
    for verb in verbs:
        room = RoadshowRoom.objects.get()
        arguments = {"slot": slot, "verb": verb, "version": room.version, "actor": cast.operator, "at": AT, **changes}
        room = advance_slot(**arguments)
    slot.refresh_from_db()
    return room


def mark_all(final: Final, entry: int, totals: list[str]) -> None:
    for seat, total in enumerate(totals):
        lock_sheet_at(final.assignment(seat, entry), {"A": total, "B": "0"})


def test_the_room_takes_the_published_order(room: RoadshowRoom, final: Final) -> None:
    assert [slot.entry for slot in room_slots(room.round_id)] == final.entries


def test_no_room_before_every_finalist_has_a_place(cast: Cast, final: Final) -> None:
    with pytest.raises(DrawsMissing):
        open_room(round=final.round, actor=cast.operator, at=AT)
    assert RoadshowRoom.objects.count() == 0


def test_an_order_the_room_has_taken_is_not_drawn_again(cast: Cast, room: RoadshowRoom) -> None:
    draw = Draw.objects.get()
    with pytest.raises(RoomOpened):
        redraw(draw=draw, reason="有人不满意", actor=cast.operator, at=AT)
    draw.refresh_from_db()
    assert (draw.state, Draw.objects.count()) == ("published", 1)


def test_the_whole_turn_of_an_entrant(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "reveal", "reveal_next", "reveal_next", "reveal_next")
    assert (slot.state, slot.reveal_step) == ("revealed", 4)
    ranking = running_ranking(final.round, room_slots(room.round_id), final.entries[0].group)
    assert ranking == [{"code": "001", "name": "项目1", "score": "52.00", "place": "1"}]
    step(cast, slot, "finish")
    assert slot.state == "finished"


def test_two_operators_clicking_at_once_act_once(cast: Cast, room: RoadshowRoom) -> None:
    slot = room_slots(room.round_id)[0]
    advance_slot(slot=slot, verb="start_talk", version=1, actor=cast.operator, at=AT)
    with pytest.raises(RoomMoved):
        advance_slot(slot=slot, verb="start_answers", version=1, actor=cast.organiser, at=AT)
    slot.refresh_from_db()
    assert (slot.state, RoadshowRoom.objects.get().version) == ("talk", 2)


def test_one_entrant_at_a_time(cast: Cast, room: RoadshowRoom) -> None:
    first, second, _ = room_slots(room.round_id)
    step(cast, first, "start_talk")
    with pytest.raises(StageOccupied, match="001 项目1"):
        step(cast, second, "start_talk")
    second.refresh_from_db()
    assert second.state == "waiting"


def test_a_reveal_waits_for_every_present_judge(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53"])
    with pytest.raises(JudgesMissing, match="评委 05"):
        step(cast, slot, "reveal")
    with pytest.raises(JudgesMissing):  # a reason alone does not do: only the chief judge decides
        step(cast, slot, "reveal", reason="评委突感不适")
    slot.refresh_from_db()
    assert slot.state == "scoring"
    step(cast, slot, "reveal", reason="评委突感不适", actor=cast.chief)
    assert (slot.state, slot.override_reason) == ("revealed", "评委突感不适")


def test_an_absent_judge_is_not_waited_for_and_is_no_zero(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53"])
    mark_presence(seat=final.seats[4], is_present=False, actor=cast.operator, at=AT)
    step(cast, slot, "reveal")
    score = score_of(final.round, seat_marks(final.round.pk, [slot.entry_id])[slot.entry_id])
    assert score is not None
    assert (f"{score.score:.2f}", score.method) == ("51.50", "plain")


def test_an_undone_reveal_does_not_reopen_scoring(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk")
    require_marks_open(final.round, final.entries[0])
    step(cast, slot, "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "reveal", "reveal_back")
    assert (slot.state, slot.reveal_step) == ("scoring", 0)
    with pytest.raises(MarksClosed, match="已经亮分"):
        require_marks_open(final.round, final.entries[0])


def test_marks_are_taken_only_for_who_is_on_stage(room: RoadshowRoom, final: Final) -> None:
    with pytest.raises(MarksClosed, match="候场"):
        require_marks_open(final.round, final.entries[1])


def test_there_is_no_fifth_step(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "reveal", "reveal_next", "reveal_next", "reveal_next")
    with pytest.raises(RevealAtEnd):
        step(cast, slot, "reveal_next")
    assert RoadshowSlot.objects.get(pk=slot.pk).reveal_step == 4


def test_phases_carry_their_own_clock(cast: Cast, room: RoadshowRoom) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk")
    step(cast, slot, "start_answers", at=AT + timedelta(minutes=8))
    assert slot.phase_at == AT + timedelta(minutes=8)
