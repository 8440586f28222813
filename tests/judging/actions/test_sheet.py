from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from competitions.models import Role
from core.audit.models import AuditDetail, AuditEntry
from core.errors import NotAllowed
from judging import errors, states
from judging.actions.assignment import recuse_assignment
from judging.actions.sheet import lock_sheet, save_sheet, unlock_sheet
from judging.models import (
    CriterionScore,
    RoadshowRoom,
    RoadshowSlot,
    ScoreSheet,
    ScoreSheetUnlock,
    ScoreSheetVersion,
)
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.competitions import CriterionFactory
from tests.factories.judging import AssignmentFactory
from tests.judging.scene import MARKS, build_scene

AT = moments.DURING_PRELIMINARY


def save(scene, marks=None, sequence=1, actor=None, at=AT, **texts):
    return save_sheet(
        assignment=scene.assignment,
        marks=MARKS if marks is None else marks,
        comment=texts.get("comment", ""),
        feedback=texts.get("feedback", ""),
        sequence=sequence,
        actor=actor or scene.cast.judge,
        at=at,
    )


def lock(scene, marks=None, actor=None, at=AT, **texts):
    return lock_sheet(
        assignment=scene.assignment,
        marks=MARKS if marks is None else marks,
        comment=texts.get("comment", ""),
        feedback=texts.get("feedback", ""),
        actor=actor or scene.cast.judge,
        at=at,
    )


def stored() -> tuple:
    sheets = list(ScoreSheet.objects.values("state", "draft", "comment", "feedback", "sequence"))
    return sheets, ScoreSheetVersion.objects.count(), CriterionScore.objects.count(), AuditEntry.objects.count()


def test_a_draft_may_have_gaps_and_is_kept_as_canonical_text(scene):
    sheet = save(scene, {"A": Decimal("21.50"), "B": ""}, comment=" 权利要求较窄。\r\n ", feedback="补充布局。")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.draft, sheet.sequence, sheet.saved_at) == (states.DRAFT, {"A": "21.5"}, 1, AT)
    assert (sheet.comment, sheet.feedback) == ("权利要求较窄。", "补充布局。")
    assert ScoreSheetVersion.objects.count() == 0


def test_zero_is_a_mark_and_not_a_gap(scene):
    assert save(scene, {"A": "0"}).draft == {"A": "0"}


def test_the_same_save_sent_again_changes_nothing(scene):
    save(scene, {"A": "20"}, sequence=3)
    before = stored()
    assert save(scene, {"A": "20.0"}, sequence=3, at=AT + timedelta(minutes=1)).saved_at == AT
    assert stored() == before


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_late_save_never_goes_back(scene, sequence):
    save(scene, {"A": "20"}, sequence=3)
    before = stored()
    with pytest.raises(errors.DraftOutdated):
        save(scene, {"A": "10"}, sequence=sequence)
    assert stored() == before


@pytest.mark.parametrize(
    ("marks", "codes"),
    [
        ({"A": "61"}, {"A"}),
        ({"A": "-1"}, {"A"}),
        ({"A": "20.3"}, {"A"}),
        ({"A": "x", "B": "41"}, {"A", "B"}),
        ({"Z": "1"}, {"Z"}),
        ({"A": "1e999999"}, {"A"}),
        ({"A": "NaN"}, {"A"}),
        ({"A": "９"}, {"A"}),
    ],
)
def test_a_mark_off_its_step_or_range_is_refused_by_name(scene, marks, codes):
    save(scene, {"A": "20"})
    before = stored()
    with pytest.raises(errors.MarksInvalid) as refusal:
        save(scene, marks, sequence=2)
    assert set(refusal.value.fields) == codes
    assert stored() == before


def test_long_texts_are_refused(scene):
    with pytest.raises(errors.TextTooLong):
        save(scene, comment="字" * 1001)
    assert stored()[0] == []
    assert save(scene, comment="字" * 1000).comment == "字" * 1000


def test_locking_inserts_a_version_with_the_exact_total(scene):
    weighted = CriterionFactory(
        rubric=scene.round.rubrics.get(), code="C", max_score=Decimal(10), weight=Decimal("0.3333"), step=Decimal("0.05")
    )
    sheet = lock(scene, {**MARKS, "C": "7.35"}, comment="好", feedback="再好")
    version = ScoreSheetVersion.objects.get()
    assert sheet.state == states.LOCKED
    assert version.total == Decimal("50.5") + 36 + Decimal("7.35") * weighted.weight == Decimal("88.949755")
    assert (version.number, version.comment, version.feedback, len(version.digest)) == (1, "好", "再好", 64)
    marks = {one.criterion.code: one.score for one in version.scores.select_related("criterion")}
    assert marks == {"A": Decimal("50.5"), "B": Decimal(36), "C": Decimal("7.35")}


def test_the_journal_of_a_submission_names_no_mark(scene):
    lock(scene)
    detail = AuditDetail.objects.get(entry__verb="judging.sheet.locked")
    assert set(detail.content["after"]) == {"assignment", "version", "digest"}


def test_every_criterion_must_have_a_mark_to_lock(scene):
    save(scene, {"A": "20"})
    before = stored()
    with pytest.raises(errors.MarksInvalid) as refusal:
        lock(scene, {"A": "20"})
    assert set(refusal.value.fields) == {"B"}
    assert stored() == before


def test_a_locked_sheet_takes_neither_a_draft_nor_a_second_submission(scene):
    lock(scene)
    before = stored()
    with pytest.raises(errors.SheetLocked):
        save(scene, {"A": "1"}, sequence=9)
    with pytest.raises(errors.SheetLocked):
        lock(scene, {"A": "1", "B": "1"})
    assert stored() == before


@pytest.mark.parametrize("act", [save, lock])
@pytest.mark.parametrize("who", ["judge2", "chief", "organiser", "applicant", "foreigner"])
def test_nobody_else_writes_a_sheet(scene, act, who):
    with pytest.raises(NotAllowed):
        act(scene, actor=getattr(scene.cast, who))
    assert stored() == ([], 0, 0, 0)


def test_a_system_administrator_does_not_score(scene):
    with pytest.raises(NotAllowed):
        lock(scene, actor=UserFactory(is_superuser=True))
    assert stored() == ([], 0, 0, 0)


def test_a_judge_whose_role_ended_does_not_score(scene):
    Role.objects.filter(user=scene.cast.judge).update(ended_at=AT)
    with pytest.raises(NotAllowed):
        lock(scene)
    assert stored() == ([], 0, 0, 0)


@pytest.mark.parametrize("act", [save, lock])
@pytest.mark.parametrize("at", [moments.PRELIMINARY_OPENS - timedelta(seconds=1), moments.PRELIMINARY_CLOSES])
def test_outside_the_window_nothing_is_written(scene, act, at):
    with pytest.raises(errors.RoundNotOpen):
        act(scene, at=at)
    assert stored() == ([], 0, 0, 0)


@pytest.mark.parametrize("at", [moments.PRELIMINARY_OPENS, moments.PRELIMINARY_CLOSES - timedelta(seconds=1)])
def test_the_window_is_half_open(scene, at):
    assert save(scene, at=at).state == states.DRAFT


def test_a_gate_that_is_not_released_keeps_the_round_shut(scene):
    scene.round.stage.gate_released_at = None
    scene.round.stage.save()
    scene.assignment.refresh_from_db()
    with pytest.raises(errors.RoundNotOpen):
        lock(scene)
    assert stored() == ([], 0, 0, 0)


def test_the_declaration_comes_first(scene):
    scene.assignment.seat.declared_at = None
    with pytest.raises(errors.NotDeclared):
        save(scene)
    assert stored() == ([], 0, 0, 0)


def test_a_recused_assignment_is_not_scored(scene):
    recuse_assignment(assignment=scene.assignment, reason="曾提供咨询", actor=scene.cast.judge, at=AT)
    before = stored()
    with pytest.raises(errors.AssignmentClosed):
        save(scene)
    assert stored() == before


def test_a_round_without_a_rubric_is_refused(scene):
    scene.round.rubrics.all().delete()
    with pytest.raises(errors.RubricMissing):
        save(scene)
    assert stored() == ([], 0, 0, 0)


def test_the_chief_reopens_with_a_reason_and_the_old_version_stays(scene):
    sheet = lock(scene)
    reopened = unlock_sheet(sheet=sheet, reason=" 误填 ", actor=scene.cast.chief, at=AT)
    assert (reopened.state, reopened.draft) == (states.DRAFT, MARKS)
    unlock = ScoreSheetUnlock.objects.get()
    assert (unlock.reason, unlock.by, unlock.version.number) == ("误填", scene.cast.chief, 1)
    lock(scene, {"A": "40", "B": "30"})
    assert list(ScoreSheetVersion.objects.values_list("number", "total")) == [(1, Decimal("86.5")), (2, Decimal(70))]


@pytest.mark.parametrize("who", ["judge", "judge2", "organiser", "auditor"])
def test_only_the_chief_reopens(scene, who):
    sheet = lock(scene)
    before = stored()
    with pytest.raises(NotAllowed):
        unlock_sheet(sheet=sheet, reason="误填", actor=getattr(scene.cast, who), at=AT)
    assert stored() == before
    assert ScoreSheet.objects.get().state == states.LOCKED


def test_reopening_needs_a_reason_a_locked_sheet_and_an_open_round(scene):
    chief = scene.cast.chief
    draft = save(scene)
    with pytest.raises(errors.SheetNotLocked):
        unlock_sheet(sheet=draft, reason="误填", actor=chief, at=AT)
    sheet = lock(scene)
    for reason in ("", "  ", "字" * 201):
        with pytest.raises(errors.ReasonMissing):
            unlock_sheet(sheet=sheet, reason=reason, actor=chief, at=AT)
    with pytest.raises(errors.RoundNotOpen):
        unlock_sheet(sheet=sheet, reason="误填", actor=chief, at=moments.PRELIMINARY_CLOSES)
    assert ScoreSheetUnlock.objects.count() == 0
    assert ScoreSheet.objects.get().state == states.LOCKED


@pytest.mark.parametrize("model", [ScoreSheetVersion, CriterionScore, ScoreSheetUnlock])
def test_what_was_submitted_is_never_changed_or_removed(scene, model):
    unlock_sheet(sheet=lock(scene), reason="误填", actor=scene.cast.chief, at=AT)
    row = model.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_update=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("state", sorted(states.SLOT.labels))
def test_with_a_room_marks_are_taken_only_while_the_entrant_is_on_stage(cast, state):
    scene = build_scene(cast, kind="final")
    RoadshowRoom.objects.create(round=scene.round)
    RoadshowSlot.objects.create(round=scene.round, entry=scene.entries[0], position=1, state=state)
    act = {"at": moments.DURING_FINAL}
    if state in states.TAKES_MARKS:
        assert lock(scene, **act).state == states.LOCKED
    else:
        with pytest.raises(errors.MarksClosed):
            lock(scene, **act)
        assert stored() == ([], 0, 0, 0)


def test_after_the_reveal_a_sheet_is_not_reopened(cast):
    scene = build_scene(cast, kind="final")
    sheet = lock(scene, at=moments.DURING_FINAL)
    RoadshowRoom.objects.create(round=scene.round)
    RoadshowSlot.objects.create(
        round=scene.round, entry=scene.entries[0], position=1, state=states.SCORING, revealed_at=moments.DURING_FINAL
    )
    with pytest.raises(errors.MarksClosed):
        unlock_sheet(sheet=sheet, reason="误填", actor=cast.chief, at=moments.DURING_FINAL)
    assert ScoreSheet.objects.get().state == states.LOCKED


def test_calibration_comes_before_everything_else(cast):
    scene = build_scene(cast, entry_count=2)
    later = AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1])
    scene.seats["judge"].panel.calibration.add(scene.entries[0])
    give = {"marks": MARKS, "comment": "", "feedback": "", "actor": cast.judge, "at": AT}
    with pytest.raises(errors.CalibrationFirst, match="001 号"):
        save_sheet(assignment=later, sequence=1, **give)
    assert ScoreSheet.objects.count() == 0
    lock_sheet(assignment=scene.assignment, **give)
    save_sheet(assignment=later, sequence=1, **give)
    assert ScoreSheet.objects.count() == 2


def test_a_recused_calibration_entry_is_not_waited_for(cast):
    scene = build_scene(cast, entry_count=2)
    later = AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1])
    scene.seats["judge"].panel.calibration.add(scene.entries[0])
    recuse_assignment(assignment=scene.assignment, reason="师生", actor=cast.judge, at=AT)
    lock_sheet(assignment=later, marks=MARKS, comment="", feedback="", actor=cast.judge, at=AT)
    assert ScoreSheet.objects.get().state == states.LOCKED
