"""Picking up, putting back, and comments that are noted."""

from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed, WrongState
from entries import states
from entries.actions import formality
from entries.actions.formality import drop_comment, note_comment, pick_up_entry, release_review
from entries.errors import AlreadyPickedUp, CommentUnusable, FormalityClosed, NotPickedUp, OwnEntry
from entries.models import EntryTransition, FormalityReview
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories import moments
from tests.factories.accounts import MembershipFactory
from tests.factories.entries import FormalityReviewFactory


def test_picking_up_opens_a_round_and_is_journaled(cast: Cast) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)

    review = entry.reviews.get()
    assert (entry.state, review.sequence, review.examiner, review.picked_at, review.decision) == (
        states.UNDER_REVIEW,
        1,
        cast.examiner,
        AT,
        "",
    )
    line = AuditEntry.objects.get(verb="entries.entry.picked-up")
    assert (line.actor, line.edition, line.object_id) == (cast.examiner.actor_code, "jgs2026", entry.public_id)


def test_a_resubmitted_entry_is_picked_up_again_as_the_second_round(cast: Cast) -> None:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=entry, decision="return", due_at=AT, decided_at=AT)

    pick_up_entry(entry=entry, actor=cast.organiser, at=AT)

    assert list(entry.reviews.values_list("sequence", "examiner__name", "decision")[1:]) == [(2, "江晓", "")]


@pytest.mark.parametrize("at", [moments.DURING_REGISTRATION, moments.FORMALITY_CLOSES, moments.DURING_VOTE])
def test_nothing_is_picked_up_outside_the_stage(cast: Cast, at: object) -> None:
    entry = build_submitted_entry(cast)
    with pytest.raises(FormalityClosed):
        pick_up_entry(entry=entry, actor=cast.examiner, at=at)
    entry.refresh_from_db()
    assert (entry.state, FormalityReview.objects.count()) == (states.SUBMITTED, 0)


def test_the_second_examiner_is_told_who_was_first(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    with pytest.raises(AlreadyPickedUp, match="已由甄敏开始审查"):
        pick_up_entry(entry=entry, actor=cast.organiser, at=AT)
    assert entry.reviews.get().examiner == cast.examiner
    assert EntryTransition.objects.filter(entry=entry).count() == 1


def test_the_constraint_decides_when_the_question_came_too_early(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=entry, examiner=cast.examiner)
    monkeypatch.setattr(formality, "open_review", lambda entry: None)
    with pytest.raises(AlreadyPickedUp):
        pick_up_entry(entry=entry, actor=cast.organiser, at=AT)
    assert entry.reviews.get().examiner == cast.examiner
    assert not EntryTransition.objects.filter(entry=entry).exists()


@pytest.mark.parametrize("who", ["judge", "auditor", "stranger", "foreigner"])
def test_only_examiners_and_organisers_pick_up(cast: Cast, who: str) -> None:
    entry = build_submitted_entry(cast)
    with pytest.raises(NotAllowed):
        pick_up_entry(entry=entry, actor=getattr(cast, who), at=AT)
    assert not FormalityReview.objects.exists()


def test_nobody_examines_their_own_organisation(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    MembershipFactory(organisation=cast.organisation, user=cast.examiner)
    with pytest.raises(OwnEntry, match="示例企业丁"):
        pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    entry.refresh_from_db()
    assert entry.state == states.SUBMITTED


@pytest.mark.parametrize("state", [states.DRAFT, states.RETURNED, states.REJECTED, states.WITHDRAWN])
def test_what_does_not_wait_is_not_picked_up(cast: Cast, state: str) -> None:
    with pytest.raises(WrongState):
        pick_up_entry(entry=build_submitted_entry(cast, state=state), actor=cast.examiner, at=AT)
    assert not FormalityReview.objects.exists()


@pytest.mark.parametrize("who", ["examiner", "organiser"])
def test_an_entry_goes_back_into_the_queue(cast: Cast, who: str) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)
    note_comment(entry=entry, field="summary", message="请改短。", actor=cast.examiner, at=AT)

    entry = release_review(entry=entry, actor=getattr(cast, who), at=moments.DURING_VOTE)

    assert (entry.state, FormalityReview.objects.count()) == (states.SUBMITTED, 0)
    assert entry.transitions.last().note == ""  # the applicant reads it, and knows examiners by their office only
    assert AuditEntry.objects.filter(verb="entries.entry.put-back").count() == 1


def test_another_examiner_does_not_put_it_back(cast: Cast) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.organiser, at=AT)
    with pytest.raises(NotPickedUp, match="正由江晓审查"):
        release_review(entry=entry, actor=cast.examiner, at=AT)
    assert entry.reviews.get().examiner == cast.organiser


def test_what_nobody_holds_is_not_put_back(cast: Cast) -> None:
    with pytest.raises(NotPickedUp, match="还没有人开始审查"):
        release_review(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)


def test_a_second_note_on_a_field_replaces_the_first(cast: Cast) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)
    note_comment(entry=entry, field="asset.1.number", message="请核对。", actor=cast.examiner, at=AT)
    note_comment(entry=entry, field="asset.1.number", message=" 校验位不对。 ", actor=cast.examiner, at=AT)
    assert list(entry.reviews.get().comments.values_list("field", "message")) == [("asset.1.number", "校验位不对。")]

    drop_comment(entry=entry, field="asset.1.number", actor=cast.examiner, at=AT)
    assert not entry.reviews.get().comments.exists()


@pytest.mark.parametrize(
    ("field", "message", "fault"),
    [
        ("asset.2.number", "没有第二件", "没有这个字段"),
        ("asset.1.price", "没有这一列", "没有这个字段"),
        ("asset.0", "从 1 数起", "没有这个字段"),
        ("applicant.1.name", "主体名称不在项目里改", "没有这个字段"),
        ("file.hologram", "没有这种材料", "没有这个字段"),
        ("number", "编号不是申报内容", "没有这个字段"),
        ("summary", "  ", "请写明怎么改"),
        ("summary", "长" * 301, "最多 300 个字，现有 301 个"),
    ],
)
def test_a_comment_names_a_field_and_says_something(cast: Cast, field: str, message: str, fault: str) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)
    with pytest.raises(CommentUnusable, match=fault):
        note_comment(entry=entry, field=field, message=message, actor=cast.examiner, at=AT)
    assert not entry.reviews.get().comments.exists()


@pytest.mark.parametrize("field", ["assets", "files", "applicants", "asset.1", "file.commitment", "applicant.1.revenue", "file.cover"])
def test_every_kind_of_field_takes_a_comment(cast: Cast, field: str) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)
    assert note_comment(entry=entry, field=field, message="请补充。", actor=cast.examiner, at=AT).field == field


def test_only_who_holds_the_entry_comments(cast: Cast) -> None:
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)
    with pytest.raises(NotPickedUp):
        note_comment(entry=entry, field="summary", message="请改。", actor=cast.organiser, at=AT)
    with pytest.raises(NotPickedUp):
        drop_comment(entry=entry, field="summary", actor=cast.organiser, at=AT)
    assert not entry.reviews.get().comments.exists()
