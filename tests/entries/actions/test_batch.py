"""Assigning, spreading, passing in bulk, reminding, correcting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import Blocked, NotAllowed, WrongState
from core.models import AuditEntry, Message
from entries.actions import override_group, pick_up_entry
from entries.actions.assignment import assign_entry, spread_entries
from entries.actions.bulk import accept_many
from entries.actions.correction import correct_entry
from entries.actions.extension import extend_registration
from entries.actions.reminder import send_reminders
from entries.errors import ExaminerUnfit, NothingChanged, ReasonNeeded, StepForbidden
from entries.models import Entry, ExaminerAssignment, Submission
from entries.queries.entry_list import examiner_loads, listed_entries, narrowed
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.entries.returned import return_entry_with
from tests.entries.terms import build_clean_entry, build_own_accepted, set_rules
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.competitions import RoleFactory

CLOSES = moments.REGISTRATION_CLOSES
HOUR = timedelta(hours=1)


@pytest.fixture
def second(cast: Cast):
    person = UserFactory(name="甄二", email="second@example.invalid")
    RoleFactory(edition=cast.edition, user=person, kind="examiner", granted_by=cast.organiser)
    return person


def test_an_organiser_assigns_and_moves(cast, second):
    entry = build_submitted_entry(cast)
    for examiner in (cast.examiner, second, second):
        assign_entry(entry=entry, examiner=examiner, actor=cast.organiser, at=AT)
    assert ExaminerAssignment.objects.get().examiner == second
    assert AuditEntry.objects.filter(verb="entries.entry.assigned").count() == 2
    [row] = narrowed(listed_entries(cast.edition), {"examiner": str(second.pk)})
    assert row.assigned_name == "甄二"
    assert not narrowed(listed_entries(cast.edition), {"examiner": "none"})
    assert {load.name: load.assigned for load in examiner_loads(cast.edition)} == {"甄二": 1, "甄敏": 0}
    assert pick_up_entry(entry=entry, actor=cast.examiner, at=AT)  # it locks nobody out


def test_who_cannot_examine_is_given_nothing(cast):
    entry = build_submitted_entry(cast)
    with pytest.raises(NotAllowed):
        assign_entry(entry=entry, examiner=cast.examiner, actor=cast.examiner, at=AT)
    with pytest.raises(ExaminerUnfit):
        assign_entry(entry=entry, examiner=cast.judge, actor=cast.organiser, at=AT)
    MembershipFactory(organisation=cast.organisation, user=cast.examiner)
    with pytest.raises(ExaminerUnfit):
        assign_entry(entry=entry, examiner=cast.examiner, actor=cast.organiser, at=AT)
    assert spread_entries(edition=cast.edition, actor=cast.organiser, at=AT) == (0, 1)
    assert not ExaminerAssignment.objects.exists()


def test_spreading_evens_the_work_out(cast, second):
    entries = [build_submitted_entry(cast) for _ in range(5)]
    assign_entry(entry=entries[0], examiner=cast.examiner, actor=cast.organiser, at=AT)
    assert spread_entries(edition=cast.edition, actor=cast.organiser, at=AT) == (4, 0)
    counts = sorted(ExaminerAssignment.objects.filter(examiner=one).count() for one in (cast.examiner, second))
    assert counts == [2, 3]


def test_bulk_passes_the_clean_and_says_why_the_others_stay(cast, second):
    set_rules(cast, max_entries_enterprise=9)
    clean = [build_clean_entry(cast, title=f"干净的{i}", patent=number) for i, number in enumerate(["202210000101.3", "202310397744.0"])]
    doubtful = build_submitted_entry(cast, title="缺申报书")
    held = build_clean_entry(cast, title="别人在审", patent="201910699568.X")
    pick_up_entry(entry=held, actor=second, at=AT)
    decided = build_own_accepted(cast, 7)
    decided.assets.update(number="200410000001.X")
    results = accept_many(entries=[*clean, doubtful, held, decided], note="", actor=cast.examiner, at=AT)
    assert [one.refusal for one in results][:2] == ["", ""]
    assert [bool(one.refusal) for one in results] == [False, False, True, True, True]
    assert sorted(one.entry.number for one in results if not one.refusal) == [8, 9]
    refusals = [one.refusal for one in results if one.refusal]
    assert "有疑点" in refusals[0] and "甄二" in refusals[1] and "不在待审队列" in refusals[2]
    doubtful.refresh_from_db()
    assert doubtful.state == "submitted" and not doubtful.reviews.exists()
    [late] = accept_many(entries=[doubtful], note="", actor=cast.examiner, at=moments.DURING_VOTE)
    assert "不在形式审查时间内" in late.refusal


def test_overdue_and_industry_narrow_the_queue(cast):
    fresh = build_submitted_entry(cast, title="新的", submitted_at=AT - HOUR, industry="robot")
    old = build_submitted_entry(cast, title="久等", submitted_at=AT - timedelta(days=5))
    overdue = build_submitted_entry(cast, title="逾期未补")
    return_entry_with(overdue, cast, "summary").save()
    at = AT + timedelta(days=3)
    found = {one.title for one in narrowed(listed_entries(cast.edition), {"overdue": at})}
    assert found == {old.title, overdue.title}
    assert [one.title for one in narrowed(listed_entries(cast.edition), {"industry": "robot"})] == [fresh.title]


def test_reminders_go_out_once_before_each_end(cast, draft):
    def run(at):
        return send_reminders(edition=cast.edition, at=at)

    assert run(CLOSES - timedelta(days=3) - HOUR) == 0
    assert (run(CLOSES - timedelta(days=3)), run(CLOSES - timedelta(days=2))) == (1, 0)
    assert (run(CLOSES - timedelta(days=1)), run(CLOSES - HOUR), run(CLOSES)) == (1, 0, 0)
    assert Message.objects.filter(recipient=cast.applicant.email, subject__contains="还没有提交").count() == 2
    later = CLOSES + timedelta(days=3)
    extend_registration(edition=cast.edition, organisation=cast.organisation, until=later, reason="x", actor=cast.organiser, at=CLOSES)
    assert run(CLOSES + HOUR) == 1


def test_returns_and_examiners_are_reminded(cast):
    returned = build_submitted_entry(cast)
    due = return_entry_with(returned, cast, "summary").due_at
    waiting = build_submitted_entry(cast)
    assign_entry(entry=waiting, examiner=cast.examiner, actor=cast.organiser, at=AT)
    assert send_reminders(edition=cast.edition, at=due - timedelta(hours=20)) == 2
    assert send_reminders(edition=cast.edition, at=due - timedelta(hours=20)) == 0
    assert Message.objects.filter(subject__contains="补正期限").count() == 2  # contact and person
    assert Message.objects.get(recipient=cast.examiner.email).subject == "您有 1 份项目等待形式审查"
    assert send_reminders(edition=cast.edition, at=moments.FORMALITY_CLOSES) == 0


def test_a_name_or_contact_is_mended_as_a_new_version(cast):
    entry = build_own_accepted(cast)
    made = correct_entry(
        entry=entry,
        values={"title": "改正的名称", "contact_mobile": "139 0013 9000"},
        reason="错字",
        actor=cast.organiser,
        at=AT,
    )
    entry.refresh_from_db()
    cast.organisation.refresh_from_db()
    assert (entry.title, entry.number, entry.state, made.sequence) == ("改正的名称", 47, "accepted", 2)
    assert cast.organisation.contact_mobile == "+8613900139000"
    assert made.content["project"]["title"] == "改正的名称" and made.receipt.endswith("-2")
    assert "错字" in Message.objects.filter(recipient=cast.applicant.email).latest("pk").body


def test_what_is_no_correction_is_refused_and_changes_nothing(cast, draft):
    entry = build_own_accepted(cast)
    known = {"entry": entry, "values": {"title": "x"}, "reason": "错字", "actor": cast.organiser, "at": AT}
    for changed, refusal in (
        ({"actor": cast.examiner}, NotAllowed),
        ({"reason": " "}, ReasonNeeded),
        ({"values": {"title": entry.title}}, NothingChanged),
        ({"values": {"contact_mobile": "123"}}, Blocked),
        ({"entry": draft}, WrongState),
    ):
        with pytest.raises(refusal):
            correct_entry(**{**known, **changed})
    assert Submission.objects.count() == 1
    assert Entry.objects.get(pk=entry.pk).title == entry.title


def test_the_group_stays_once_a_result_is_published(cast, monkeypatch):
    entry = build_own_accepted(cast)
    other = type(entry.group).objects.filter(track=entry.track).exclude(pk=entry.group_id).first()
    monkeypatch.setattr("entries.actions.group.forbidding", lambda step, entry: "初赛结果已经公布")
    with pytest.raises(StepForbidden):
        override_group(entry=entry, group=other, reason="更正营收", actor=cast.organiser, at=AT)
    entry.refresh_from_db()
    assert entry.group_overridden_by is None
    monkeypatch.undo()
    moved = override_group(entry=entry, group=other, reason="更正营收", actor=cast.organiser, at=AT)
    assert (moved.group, moved.number) == (other, 47)
