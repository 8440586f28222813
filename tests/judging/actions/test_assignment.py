from collections import Counter

import pytest

from competitions.models import Role
from core.audit.models import AuditEntry
from core.errors import NotAllowed, WrongState
from judging import errors, states
from judging.actions.assignment import (
    assign_entry,
    assign_panel,
    invite_finalists,
    recuse_assignment,
    withdraw_assignment,
)
from judging.actions.sheet import lock_sheet, save_sheet
from judging.models import Assignment, ConflictOfInterest, Panel
from judging.queries.assignment import propose_assignment
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.competitions import RoleFactory
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import PanelFactory, PanelSeatFactory
from tests.judging.scene import MARKS

AT = moments.DURING_PRELIMINARY


@pytest.fixture
def panel(cast):
    """Five judges, six entries, three judges an entry, and no assignment yet."""
    round = cast.edition.rounds.get(kind="preliminary")
    round.judges_per_entry = 3
    round.save()
    panel = PanelFactory(round=round)
    for number, who in enumerate(("judge", "judge2", "conflicted", "chief"), start=1):
        PanelSeatFactory(panel=panel, judge=getattr(cast, who), number=number)
    extra = UserFactory()
    RoleFactory(edition=cast.edition, user=extra, kind=Role.Kind.JUDGE)
    PanelSeatFactory(panel=panel, judge=extra, number=5)
    for number in range(1, 7):
        build_accepted_entry(cast.edition, number)
    return panel


def assign(cast, panel, seed="2026", **fields):
    fields = {"actor": cast.organiser, "at": AT, **fields}
    return assign_panel(round=panel.round, seed=seed, **fields)


def pairs(state=states.ASSIGNED) -> set[tuple[int, int]]:
    return set(Assignment.objects.filter(state=state).values_list("seat__number", "entry__number"))


def test_every_entry_gets_its_judges_evenly_and_repeatably(cast, panel):
    assign(cast, panel)
    found = pairs()
    assert Counter(entry for _, entry in found) == dict.fromkeys(range(1, 7), 3)
    assert sorted(Counter(seat for seat, _ in found).values()) == [3, 3, 4, 4, 4]
    assert Panel.objects.get().seed == "2026"
    Assignment.objects.all().delete()
    assign(cast, panel)
    assert pairs() == found


def test_conflicts_on_record_and_in_the_records_are_left_out(cast, panel):
    first, second = cast.edition.entries.order_by("number")[:2]
    ConflictOfInterest.objects.create(
        judge=cast.conflicted, entry=first, source="declared", reason="师生", at=AT, recorded_by=cast.conflicted
    )
    MembershipFactory(organisation=second.organisations.get(), user=cast.judge)
    assign(cast, panel)
    assert (3, 1) not in pairs() and (1, 2) not in pairs()
    assert ConflictOfInterest.objects.count() == 1  # what the records hint at is for a person to decide


def test_a_second_run_replaces_the_first_and_keeps_what_was_begun(cast, panel):
    assign(cast, panel, seed="1")
    assign(cast, panel, seed="2")
    found = pairs()
    assert Counter(entry for _, entry in found) == dict.fromkeys(range(1, 7), 3)
    row = Assignment.objects.filter(seat__number=1, state=states.ASSIGNED).first()
    save_sheet(assignment=row, marks={"A": "1"}, comment="", feedback="", sequence=1, actor=cast.judge, at=AT)
    assign(cast, panel, seed="1")
    assert pairs() == found  # nothing needs to move
    gone = next(pair for pair in sorted(found) if pair[0] != 1)
    moved = Assignment.objects.get(seat__number=gone[0], entry__number=gone[1])
    recuse_assignment(assignment=moved, reason="师生", actor=moved.seat.judge, at=AT)
    assert propose_assignment(panel.round, "1").is_rebalancing
    assign(cast, panel, seed="1")
    row.refresh_from_db()
    assert row.state == states.ASSIGNED and gone not in pairs()
    assert Counter(entry for _, entry in pairs()) == dict.fromkeys(range(1, 7), 3)
    assert len(found - pairs()) <= 3


def test_calibration_entries_are_given_to_everybody(cast, panel):
    first = cast.edition.entries.get(number=1)
    with pytest.raises(errors.TooManyCalibrations):
        assign(cast, panel, calibration=[first])
    assert pairs() == set()
    panel.round.calibration_count = 1
    panel.round.save()
    assign(cast, panel, calibration=[first])
    assert {seat for seat, entry in pairs() if entry == 1} == {1, 2, 3, 4, 5}
    assert list(Panel.objects.get().calibration.all()) == [first]


def test_the_preview_is_what_gets_written(cast, panel):
    proposal = propose_assignment(panel.round, "7")
    assert pairs() == set()
    with pytest.raises(errors.AssignmentChanged):
        assign(cast, panel, seed="7", expected="0" * 64)
    assert pairs() == set()
    assign(cast, panel, seed="7", expected=proposal.digest)
    assert pairs() == {(seat.number, entry.number) for entry, picks in proposal.rows for seat in [one.seat for one in picks]}


def test_what_cannot_be_dealt_out_is_refused_with_the_reason(cast, panel):
    entry = cast.edition.entries.get(number=4)
    for who in ("judge", "judge2", "chief"):
        ConflictOfInterest.objects.create(
            judge=getattr(cast, who), entry=entry, source="declared", reason="同事", at=AT, recorded_by=cast.judge
        )
    lines = AuditEntry.objects.count()
    with pytest.raises(errors.AssignmentImpossible, match="004"):
        assign(cast, panel)
    with pytest.raises(errors.AssignmentImpossible, match="至多 2 份"):
        ConflictOfInterest.objects.all().delete()
        assign(cast, panel, cap=2)
    assert (Assignment.objects.count(), AuditEntry.objects.count()) == (0, lines)


def test_who_and_when_and_where_it_may_be_dealt_out(cast, panel):
    with pytest.raises(NotAllowed):
        assign(cast, panel, actor=cast.chief)
    with pytest.raises(errors.RoundOver):
        assign(cast, panel, at=moments.PRELIMINARY_CLOSES)
    final = cast.edition.rounds.get(kind="final")
    with pytest.raises(errors.WrongRound):
        assign_panel(round=final, seed="1", actor=cast.organiser, at=AT)
    Panel.objects.all().update(round=final)
    with pytest.raises(errors.AssignmentImpossible):
        assign(cast, panel)
    assert Assignment.objects.count() == 0


def test_an_entry_is_given_by_hand_and_given_again_after_a_withdrawal(scene):
    act = {"actor": scene.cast.organiser, "at": AT}
    row = assign_entry(seat=scene.seats["judge2"], entry=scene.entries[0], **act)
    with pytest.raises(errors.AlreadyAssigned):
        assign_entry(seat=scene.seats["judge2"], entry=scene.entries[0], **act)
    withdraw_assignment(assignment=row, reason="请假", **act)
    assert pairs() == {(1, 1)}
    assign_entry(seat=scene.seats["judge2"], entry=scene.entries[0], **act)
    assert pairs() == {(1, 1), (2, 1)}
    assert Assignment.objects.count() == 2


def test_by_hand_neither_conflicts_nor_strange_entries_pass(scene):
    act = {"actor": scene.cast.organiser, "at": AT}
    MembershipFactory(organisation=scene.entries[0].organisations.get(), user=scene.cast.conflicted)
    with pytest.raises(errors.InConflict):
        assign_entry(seat=scene.seats["conflicted"], entry=scene.entries[0], **act)
    with pytest.raises(errors.NotAParticipant):
        assign_entry(seat=scene.seats["judge2"], entry=build_accepted_entry(scene.cast.other_edition, 1), **act)
    with pytest.raises(NotAllowed):
        assign_entry(seat=scene.seats["judge2"], entry=scene.entries[0], actor=scene.cast.chief, at=AT)
    assert pairs() == {(1, 1)}


def test_withdrawing_needs_the_organiser_and_a_reason_and_works_after_the_close(scene):
    with pytest.raises(NotAllowed):
        withdraw_assignment(assignment=scene.assignment, reason="x", actor=scene.cast.chief, at=AT)
    with pytest.raises(errors.ReasonMissing):
        withdraw_assignment(assignment=scene.assignment, reason=" ", actor=scene.cast.organiser, at=AT)
    assert pairs() == {(1, 1)}
    late = {"actor": scene.cast.organiser, "at": moments.PRELIMINARY_CLOSES}
    assert withdraw_assignment(assignment=scene.assignment, reason="未评", **late).state == states.WITHDRAWN
    with pytest.raises(WrongState):
        withdraw_assignment(assignment=scene.assignment, reason="未评", **late)


def test_recusing_keeps_the_reason_and_the_conflict(scene):
    row = recuse_assignment(assignment=scene.assignment, reason="曾为其提供咨询", actor=scene.cast.judge, at=AT)
    assert (row.state, row.reason) == (states.RECUSED, "曾为其提供咨询")
    conflict = ConflictOfInterest.objects.get()
    assert (conflict.judge, conflict.entry, conflict.source) == (scene.cast.judge, scene.entries[0], "declared")
    with pytest.raises(errors.InConflict):
        assign_entry(seat=scene.seats["judge"], entry=scene.entries[0], actor=scene.cast.organiser, at=AT)


def test_who_may_recuse_and_when(scene):
    for who in ("judge2", "chief", "organiser"):
        with pytest.raises(NotAllowed):
            recuse_assignment(assignment=scene.assignment, reason="x", actor=getattr(scene.cast, who), at=AT)
    own = {"assignment": scene.assignment, "actor": scene.cast.judge}
    with pytest.raises(errors.ReasonMissing):
        recuse_assignment(**own, reason="", at=AT)
    with pytest.raises(errors.RoundNotOpen):
        recuse_assignment(**own, reason="x", at=moments.PRELIMINARY_CLOSES)
    lock_sheet(**own, marks=MARKS, comment="", feedback="", at=AT)
    with pytest.raises(errors.SheetLocked):
        recuse_assignment(**own, reason="x", at=AT)
    assert pairs() == {(1, 1)}
    assert ConflictOfInterest.objects.count() == 0


@pytest.fixture
def final(cast):
    round = cast.edition.rounds.get(kind="final")
    panel = PanelFactory(round=round)
    for number, who in enumerate(("judge", "judge2"), start=1):
        PanelSeatFactory(panel=panel, judge=getattr(cast, who), number=number)
    return round


def test_finalists_are_given_to_every_seat_but_conflicts(cast, final):
    entries = [build_accepted_entry(cast.edition, number) for number in (1, 2, 3)]
    MembershipFactory(organisation=entries[2].organisations.get(), user=cast.judge2)
    act = {"round": final, "actor": cast.organiser, "at": AT}
    assert len(invite_finalists(entry_ids=[one.pk for one in entries], **act)) == 5
    assert pairs() == {(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)}
    assert invite_finalists(entry_ids=[one.pk for one in entries], **act) == []
    invite_finalists(entry_ids=[entries[0].pk], **act)
    assert pairs() == {(1, 1), (2, 1)}


def test_a_corrected_list_does_not_take_back_what_was_scored(cast, final):
    entries = [build_accepted_entry(cast.edition, number) for number in (1, 2)]
    act = {"round": final, "actor": cast.organiser}
    invite_finalists(entry_ids=[one.pk for one in entries], at=AT, **act)
    row = Assignment.objects.get(seat__judge=cast.judge, entry=entries[1])
    lock_sheet(assignment=row, marks=MARKS, comment="", feedback="", actor=cast.judge, at=moments.DURING_FINAL)
    with pytest.raises(errors.AssignmentStarted):
        invite_finalists(entry_ids=[entries[0].pk], at=moments.DURING_FINAL, **act)
    assert len(pairs()) == 4


def test_invitations_that_are_refused(cast, final):
    entry = build_accepted_entry(cast.edition, 1)
    strange = build_accepted_entry(cast.other_edition, 1)
    preliminary = cast.edition.rounds.get(kind="preliminary")
    with pytest.raises(errors.WrongRound):
        invite_finalists(round=preliminary, entry_ids=[entry.pk], actor=cast.organiser, at=AT)
    with pytest.raises(errors.NotAParticipant):
        invite_finalists(round=final, entry_ids=[entry.pk, strange.pk], actor=cast.organiser, at=AT)
    with pytest.raises(NotAllowed):
        invite_finalists(round=final, entry_ids=[entry.pk], actor=cast.judge, at=AT)
    with pytest.raises(errors.RoundOver):
        invite_finalists(round=final, entry_ids=[entry.pk], actor=cast.organiser, at=moments.FINAL_CLOSES)
    assert pairs() == set()
