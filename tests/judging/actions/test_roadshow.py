"""Steering the final: one entrant at a time, reveals in steps, and nobody acts on an old picture."""

from datetime import timedelta

import pytest

from competitions.models import Round
from core.errors import NotAllowed
from core.models import AuditEntry
from judging.actions.draw import prepare_draw, publish_draw, redraw, run_draw
from judging.actions.roadshow import advance_slot, mark_presence, open_room
from judging.errors import MarksClosed, ReasonMissing
from judging.errors.stage import (
    AlreadyRevealed,
    DrawsMissing,
    JudgesMissing,
    RevealAtEnd,
    RoomMoved,
    RoomOpened,
    StageOccupied,
    TooFewMarks,
)
from judging.models import Draw, RoadshowRoom, RoadshowSlot
from judging.queries.roadshow import require_marks_open, room_slots, running_ranking, score_of, seat_marks
from judging.queries.screen import screen_state
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
    step(cast, slot, "close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next")
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
        step(cast, slot, "close_scoring")
    with pytest.raises(JudgesMissing):  # a reason alone does not do: only the chief judge decides
        step(cast, slot, "close_scoring", reason="评委突感不适")
    slot.refresh_from_db()
    assert slot.state == "scoring"
    step(cast, slot, "close_scoring", reason="评委突感不适", actor=cast.chief)
    assert (slot.state, slot.override_reason) == ("closed", "评委突感不适")


def test_an_absent_judge_is_not_waited_for_and_is_no_zero(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53"])
    mark_presence(seat=final.seats[4], is_present=False, actor=cast.operator, at=AT)
    with pytest.raises(TooFewMarks, match="只有 4 个有效评分"):
        step(cast, slot, "close_scoring")
    assert RoadshowSlot.objects.get(pk=slot.pk).state == "scoring"
    step(cast, slot, "close_scoring", reason="缺席一位，本轮取平均分", actor=cast.chief)
    step(cast, slot, "reveal")
    score = score_of(final.round, seat_marks(final.round.pk, [slot.entry_id])[slot.entry_id])
    assert score is not None
    assert (f"{score.score:.2f}", score.method) == ("51.50", "plain")


def test_too_few_marks_change_the_method_of_the_whole_round(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    """Trimming never differs between entries of one round: who was scored before is counted by the plain mean too."""
    first, second, _ = room_slots(room.round_id)
    step(cast, first, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "59"])
    step(cast, first, "close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next", "finish")
    assert scored(final, first) == ("52.00", "trimmed")
    step(cast, second, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 1, ["50", "51", "52", "53"])
    mark_presence(seat=final.seats[4], is_present=False, actor=cast.operator, at=AT)
    step(cast, second, "close_scoring", reason="缺席一位", actor=cast.chief)
    assert (scored(final, first), scored(final, second)) == (("53.00", "plain"), ("51.50", "plain"))
    assert "评委组长决定，全轮适用" in str(screen_state(RoadshowRoom.objects.get(), AT)["rule"])
    assert AuditEntry.objects.filter(verb="judging.round.plain-mean-taken").count() == 1
    step(cast, second, "reopen_scoring", reason="评委赶到", actor=cast.chief)
    assert scored(final, first) == ("52.00", "trimmed")


def scored(final: Final, slot: RoadshowSlot) -> tuple[str, str]:
    round_ = Round.objects.get(pk=final.round.pk)
    score = score_of(round_, seat_marks(round_.pk, [slot.entry_id])[slot.entry_id])
    assert score is not None
    return f"{score.score:.2f}", score.method


def test_the_dropped_marks_are_struck_out_only_if_the_edition_wants_it(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    """The control is the default, which strikes them out at the second step."""
    seen = {}
    for number, wanted in ((0, True), (1, False)):
        Round.objects.filter(pk=final.round.pk).update(strikes_dropped=wanted)
        slot = room_slots(room.round_id)[number]
        step(cast, slot, "start_talk", "start_answers", "open_scoring")
        mark_all(final, number, ["50", "51", "52", "53", "59"])
        step(cast, slot, "close_scoring", "reveal", "reveal_next")
        found = screen_state(RoadshowRoom.objects.get(), AT)
        seen[wanted] = (found["step"], found["score"], [one.get("dropped") for one in found["judges"]])  # type: ignore[attr-defined]
        step(cast, slot, "reveal_back")
        assert RoadshowSlot.objects.get(pk=slot.pk).reveal_step == 1
        step(cast, slot, "reveal_next", "reveal_next", *(["reveal_next"] if wanted else []), "finish")
    assert seen[True] == (2, None, ["low", "", "", "", "high"])
    assert seen[False] == (3, "52.00", [None] * 5)


def test_an_undone_reveal_does_not_reopen_scoring(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk")
    require_marks_open(final.round, final.entries[0])
    step(cast, slot, "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "close_scoring", "reveal", "reveal_back")
    assert (slot.state, slot.reveal_step) == ("closed", 0)
    with pytest.raises(MarksClosed, match="已经亮分"):
        require_marks_open(final.round, final.entries[0])


def test_marks_are_taken_only_for_who_is_on_stage(room: RoadshowRoom, final: Final) -> None:
    with pytest.raises(MarksClosed, match="候场"):
        require_marks_open(final.round, final.entries[1])


def test_there_is_no_fifth_step(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next")
    with pytest.raises(RevealAtEnd):
        step(cast, slot, "reveal_next")
    assert RoadshowSlot.objects.get(pk=slot.pk).reveal_step == 4


def test_phases_carry_their_own_clock(cast: Cast, room: RoadshowRoom) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk")
    step(cast, slot, "start_answers", at=AT + timedelta(minutes=8))
    assert slot.phase_at == AT + timedelta(minutes=8)


def test_a_step_taken_too_early_is_taken_back_with_its_clock(cast: Cast, room: RoadshowRoom) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk")
    step(cast, slot, "start_answers", at=AT + timedelta(minutes=2))
    step(cast, slot, "back_to_talk", at=AT + timedelta(minutes=3))
    assert (slot.state, slot.phase_at) == ("talk", AT)
    left = step(cast, slot, "back_to_waiting")
    assert (slot.state, slot.phase_at, left.current) == ("waiting", None, None)


def test_closed_marks_are_taken_no_more_until_the_chief_judge_reopens(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "close_scoring")
    with pytest.raises(MarksClosed, match="打分截止"):
        require_marks_open(final.round, final.entries[0])
    with pytest.raises(NotAllowed):
        step(cast, slot, "reopen_scoring", reason="评委要求")
    with pytest.raises(ReasonMissing):
        step(cast, slot, "reopen_scoring", reason=" ", actor=cast.chief)
    assert RoadshowSlot.objects.get(pk=slot.pk).state == "closed"
    step(cast, slot, "reopen_scoring", reason="评委 02 填错行", actor=cast.chief)
    require_marks_open(final.round, final.entries[0])


def test_after_a_reveal_even_the_chief_judge_does_not_reopen(cast: Cast, room: RoadshowRoom, final: Final) -> None:
    slot = room_slots(room.round_id)[0]
    step(cast, slot, "start_talk", "start_answers", "open_scoring")
    mark_all(final, 0, ["50", "51", "52", "53", "60"])
    step(cast, slot, "close_scoring", "reveal", "undo_reveal")
    with pytest.raises(AlreadyRevealed):
        step(cast, slot, "reopen_scoring", reason="想改分", actor=cast.chief)
    assert RoadshowSlot.objects.get(pk=slot.pk).state == "closed"


def test_an_absence_recorded_by_mistake_is_undone(cast: Cast, room: RoadshowRoom) -> None:
    slot = room_slots(room.round_id)[1]
    step(cast, slot, "mark_absent")
    step(cast, slot, "restore")
    assert (slot.state, slot.position) == ("waiting", 2)


@pytest.mark.parametrize("who", ["judge", "chief", "auditor", "applicant", "foreigner"])
def test_only_the_stage_steers_the_stage(cast: Cast, room: RoadshowRoom, who: str) -> None:
    slot = room_slots(room.round_id)[0]
    with pytest.raises(NotAllowed):
        step(cast, slot, "start_talk", actor=cast.people[who])
    assert (RoadshowSlot.objects.get(pk=slot.pk).state, RoadshowRoom.objects.get().version) == ("waiting", 1)
