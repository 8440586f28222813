from decimal import Decimal

import pytest

from entries import states as entry_states
from judging import states
from judging.models import CriterionScore, RoadshowSlot, ScoreSheetVersion
from judging.queries.marks import criterion_marks, is_round_complete, round_marks
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene


def test_marks_are_exact_by_seat_and_none_is_never_zero(scene):
    entry = scene.entries[0]
    lock_sheet_at(scene.assignment, MARKS)
    AssignmentFactory(seat=scene.seats["judge2"], entry=entry)
    AssignmentFactory(seat=scene.seats["conflicted"], entry=entry, state=states.RECUSED)
    AssignmentFactory(seat=scene.seats["chief"], entry=entry, state=states.WITHDRAWN)
    assert round_marks(scene.round) == {entry.pk: {"评委 01": Decimal("86.5"), "评委 02": None, "评委 03": None}}
    assert criterion_marks(scene.round) == {entry.pk: {"评委 01": {"A": Decimal("50.5"), "B": Decimal(36)}}}


def test_only_the_last_version_of_a_locked_sheet_counts(scene):
    sheet = lock_sheet_at(scene.assignment, MARKS)
    second = ScoreSheetVersion.objects.create(
        sheet=sheet, number=2, total=Decimal(70), submitted_at=moments.DURING_PRELIMINARY, digest="1" * 64
    )
    CriterionScore.objects.create(
        version=second, criterion=scene.round.rubrics.get().criteria.get(code="A"), score=Decimal(30)
    )
    assert round_marks(scene.round)[scene.entries[0].pk] == {"评委 01": Decimal(70)}
    assert criterion_marks(scene.round)[scene.entries[0].pk] == {"评委 01": {"A": Decimal(30)}}
    sheet.state = states.DRAFT
    sheet.save()
    assert round_marks(scene.round)[scene.entries[0].pk] == {"评委 01": None}
    assert criterion_marks(scene.round) == {}


def test_marks_of_a_recused_judge_do_not_count(scene):
    lock_sheet_at(scene.assignment, MARKS)
    scene.assignment.state = states.RECUSED
    scene.assignment.save()
    assert round_marks(scene.round)[scene.entries[0].pk] == {"评委 01": None}
    assert criterion_marks(scene.round) == {}


def test_withdrawn_entries_are_not_in_the_round(scene):
    lock_sheet_at(scene.assignment, MARKS)
    scene.entries[0].state = entry_states.WITHDRAWN
    scene.entries[0].save()
    assert round_marks(scene.round) == {}
    assert [one.code for one in is_round_complete(scene.round)] == ["no_participants"]


def test_what_is_missing_is_named_by_seat(scene):
    second = build_accepted_entry(scene.cast.edition, 2)
    AssignmentFactory(seat=scene.seats["judge"], entry=second)
    AssignmentFactory(seat=scene.seats["judge2"], entry=second)
    reasons = is_round_complete(scene.round)
    assert [one.message for one in reasons] == [
        "评委 01还有 2 份评分未提交：001、002 号。",
        "评委 02还有 1 份评分未提交：002 号。",
    ]
    assert reasons[0].url == "/org/jgs2026/progress/preliminary/"
    lock_sheet_at(scene.assignment, MARKS)
    assert is_round_complete(scene.round)[0].message == "评委 01还有 1 份评分未提交：002 号。"


def test_a_complete_round_has_no_reasons(scene):
    lock_sheet_at(scene.assignment, MARKS)
    AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0], state=states.RECUSED)
    assert is_round_complete(scene.round) == []


def test_an_entry_without_any_judge_is_named(scene):
    lock_sheet_at(scene.assignment, MARKS)
    build_accepted_entry(scene.cast.edition, 2)
    assert [one.message for one in is_round_complete(scene.round)] == ["有 1 个项目没有评委评分：002 号。"]


def test_absent_judges_are_not_waited_for_but_somebody_must_have_marked(scene):
    second = AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0])
    lock_sheet_at(second, MARKS)
    scene.seats["judge"].is_present = False
    scene.seats["judge"].save()
    assert is_round_complete(scene.round) == []
    second.state = states.RECUSED
    second.save()
    assert [one.code for one in is_round_complete(scene.round)] == ["entry_unmarked"]


@pytest.mark.parametrize(("fields", "codes"), [({}, ["sheet_missing"]), ({"override_reason": "评委离席"}, [])])
def test_a_reveal_with_a_reason_is_not_waited_for(cast, fields, codes):
    scene = build_scene(cast, kind="final")
    RoadshowSlot.objects.create(round=scene.round, entry=scene.entries[0], position=1, **fields)
    assert [one.code for one in is_round_complete(scene.round)] == codes


def test_finalists_who_did_not_come_are_left_out(cast):
    scene = build_scene(cast, kind="final", entry_count=2)
    AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1])
    RoadshowSlot.objects.create(round=scene.round, entry=scene.entries[0], position=1, state=states.ABSENT)
    assert set(round_marks(scene.round)) == {scene.entries[1].pk}


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_costs_the_same_however_many_entries(cast, count, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    for entry in scene.entries[1:]:
        lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=entry), MARKS)
    lock_sheet_at(scene.assignment, MARKS)
    with django_assert_num_queries(3):
        assert len(round_marks(scene.round)) == count
    with django_assert_num_queries(4):
        assert is_round_complete(scene.round) == []
