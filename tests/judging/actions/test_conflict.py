import pytest

from core.errors import NotAllowed
from judging import errors, states
from judging.actions.conflict import declare_conflict, lift_conflict
from judging.models import ConflictOfInterest
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS

AT = moments.DURING_PRELIMINARY


def declare(scene, who="judge", reason="曾是同事"):
    return declare_conflict(
        judge=scene.cast.judge, entry=scene.entries[0], reason=reason, actor=getattr(scene.cast, who), at=AT
    )


@pytest.mark.parametrize(("who", "source"), [("judge", "declared"), ("organiser", "decided")])
def test_a_conflict_takes_the_assignment_back(scene, who, source):
    other = AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0])
    assert declare(scene, who).source == source
    scene.assignment.refresh_from_db()
    other.refresh_from_db()
    assert (scene.assignment.state, scene.assignment.reason) == (states.WITHDRAWN, "曾是同事")
    assert other.state == states.ASSIGNED


@pytest.mark.parametrize(("who", "state"), [("judge", states.ASSIGNED), ("organiser", states.WITHDRAWN)])
def test_a_judge_alone_cannot_undo_what_was_submitted(scene, who, state):
    lock_sheet_at(scene.assignment, MARKS)
    declare(scene, who)
    scene.assignment.refresh_from_db()
    assert scene.assignment.state == state


@pytest.mark.parametrize("who", ["judge2", "chief", "applicant", "foreigner", "auditor"])
def test_nobody_else_declares_for_a_judge(scene, who):
    with pytest.raises(NotAllowed):
        declare(scene, who)
    assert ConflictOfInterest.objects.count() == 0


def test_a_conflict_needs_a_reason_and_is_recorded_once(scene):
    with pytest.raises(errors.ReasonMissing):
        declare(scene, reason=" ")
    declare(scene)
    with pytest.raises(errors.ConflictKnown):
        declare(scene, who="organiser")
    assert ConflictOfInterest.objects.count() == 1


def test_the_organiser_lifts_a_mistake(scene):
    row = declare(scene)
    with pytest.raises(NotAllowed):
        lift_conflict(conflict=row, reason="误报", actor=scene.cast.judge, at=AT)
    with pytest.raises(errors.ReasonMissing):
        lift_conflict(conflict=row, reason="", actor=scene.cast.organiser, at=AT)
    assert ConflictOfInterest.objects.count() == 1
    lift_conflict(conflict=row, reason="误报", actor=scene.cast.organiser, at=AT)
    assert ConflictOfInterest.objects.count() == 0
    scene.assignment.refresh_from_db()
    assert scene.assignment.state == states.WITHDRAWN
