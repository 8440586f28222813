"""Pass, return, reject: what each changes, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.models import Group, StageOverride
from core.audit.models import AuditEntry
from core.clock import at_local
from core.outbox.models import Message
from entries import states
from entries.actions.decision import accept_entry, reject_entry, return_entry
from entries.actions.formality import note_comment, pick_up_entry
from entries.actions.group import override_group
from entries.errors import (
    CommentsOutstanding,
    CommentUnusable,
    CorrectionRunning,
    DueUnusable,
    FormalityClosed,
    NoGroup,
    NothingToMend,
    NotPickedUp,
    ReasonNeeded,
    RoundsUsedUp,
)
from entries.models import Entry, EntryTransition, PortfolioSnapshot
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory, build_accepted_entry

COMMENTS = [("summary", "请写到 300 字以内。"), ("asset.1.number", "校验位不对。")]


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """An entry in the hands of 甄敏."""
    return pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=AT)


def trace(entry: Entry) -> tuple:
    """Everything a refused decision must leave as it was."""
    entry.refresh_from_db()
    reviews = list(entry.reviews.values_list("decision", "decided_at", "due_at", "note"))
    comments = [(one.field, one.message) for review in entry.reviews.all() for one in review.comments.all()]
    counts = [model.objects.count() for model in (EntryTransition, AuditEntry, Message, PortfolioSnapshot)]
    return entry.state, entry.number, entry.group_id, entry.group_reason, reviews, comments, counts


def test_passing_gives_number_group_and_a_frozen_portfolio(cast: Cast, entry: Entry) -> None:
    accepted = accept_entry(entry=entry, note="材料齐全。", actor=cast.examiner, at=AT)

    assert (accepted.state, accepted.number, accepted.code, accepted.accepted_at) == (states.ACCEPTED, 1, "001", AT)
    assert accepted.group.code == "startup"
    assert "不超过 2,000 万元" in accepted.group_reason
    review = accepted.reviews.get()
    assert (review.decision, review.note, review.decided_at) == ("accept", "材料齐全。", AT)
    snapshot = accepted.snapshots.get()
    assert (snapshot.moment, snapshot.at) == ("registration", AT)
    assert [one["number"] for one in snapshot.content["assets"]] == ["202210000101.3"]
    assert AuditEntry.objects.filter(verb="entries.entry.accepted", object_id=entry.public_id).count() == 1


def test_the_pass_is_mailed_once_to_contact_and_person(cast: Cast, entry: Entry) -> None:
    accept_entry(entry=entry, actor=cast.examiner, at=AT)
    mails = Message.objects.order_by("recipient")
    assert [one.recipient for one in mails] == ["applicant@example.invalid", "contact@example.invalid"]
    assert mails[0].subject.startswith("形式审查通过：") and "参赛编号 001" in mails[0].subject
    assert "&" not in mails[0].body and f"/my/entries/{entry.public_id}/" in mails[0].body


def test_numbers_go_on_from_the_highest_ever_given(cast: Cast, entry: Entry) -> None:
    build_accepted_entry(cast.edition, 1)
    withdrawn = build_accepted_entry(cast.edition, 2)
    Entry.objects.filter(pk=withdrawn.pk).update(state=states.WITHDRAWN)
    build_accepted_entry(cast.other_edition, 9)
    assert accept_entry(entry=entry, actor=cast.examiner, at=AT).number == 3


def test_a_reinstated_entry_keeps_its_number_and_first_snapshot(cast: Cast) -> None:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW, number=7)
    first = PortfolioSnapshot.objects.create(entry=entry, moment="registration", at=AT, content={}, sha256="0" * 64)
    pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    accepted = accept_entry(entry=entry, actor=cast.examiner, at=AT)
    assert (accepted.number, accepted.snapshots.get()) == (7, first)


def test_the_group_follows_the_revenue(cast: Cast, entry: Entry) -> None:
    entry.applicants.update(revenue=20_000_001)
    assert accept_entry(entry=entry, actor=cast.examiner, at=AT).group.code == "growth"


def test_an_override_stands_above_the_rule(cast: Cast, entry: Entry) -> None:
    growth = Group.objects.get(track__edition=cast.edition, code="growth")
    override_group(entry=entry, group=growth, reason="集团合并报表超过上限。", actor=cast.organiser, at=AT)
    accepted = accept_entry(entry=entry, actor=cast.examiner, at=AT)
    assert (accepted.group, accepted.group_reason) == (growth, "集团合并报表超过上限。")


def test_without_a_group_nothing_passes(cast: Cast, entry: Entry) -> None:
    entry.applicants.update(revenue=None)
    before = trace(entry)
    with pytest.raises(NoGroup, match="营业收入"):
        accept_entry(entry=entry, actor=cast.examiner, at=AT)
    assert trace(entry) == before


def test_with_comments_nothing_passes(cast: Cast, entry: Entry) -> None:
    note_comment(entry=entry, field="summary", message="请改短。", actor=cast.examiner, at=AT)
    before = trace(entry)
    with pytest.raises(CommentsOutstanding, match="还有 1 条"):
        accept_entry(entry=entry, actor=cast.examiner, at=AT)
    assert trace(entry) == before


def test_returning_opens_the_named_fields_until_the_term(cast: Cast, entry: Entry) -> None:
    note_comment(entry=entry, field="team", message="旧意见", actor=cast.examiner, at=AT)
    due = AT + timedelta(days=3)
    returned = return_entry(entry=entry, comments=COMMENTS, note="请尽快。", due_at=due, actor=cast.examiner, at=AT)

    review = returned.reviews.get()
    assert (returned.state, review.decision, review.due_at, review.note) == (states.RETURNED, "return", due, "请尽快。")
    assert sorted(review.comments.values_list("field", "message")) == sorted(COMMENTS)
    mail = Message.objects.get(recipient="contact@example.invalid")
    assert "有 2 处需要修改" in mail.body and "第 1 件申请号" in mail.body and "校验位不对。" in mail.body
    assert AuditEntry.objects.filter(verb="entries.entry.returned").count() == 1


def test_the_term_is_the_editions_own_unless_given(cast: Cast, entry: Entry) -> None:
    returned = return_entry(entry=entry, comments=COMMENTS, actor=cast.examiner, at=AT)
    assert returned.reviews.get().due_at == at_local(2026, 9, 10, 18)


def test_the_term_never_outlasts_the_examination(cast: Cast) -> None:
    late = moments.FORMALITY_CLOSES - timedelta(days=1)
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=late)
    returned = return_entry(entry=entry, comments=COMMENTS, actor=cast.examiner, at=late)
    assert returned.reviews.get().due_at == moments.FORMALITY_CLOSES


def test_messages_on_one_field_become_one_comment(cast: Cast, entry: Entry) -> None:
    twice = [("summary", "请改短。"), ("summary", "请写明效果。")]
    returned = return_entry(entry=entry, comments=twice, actor=cast.examiner, at=AT)
    assert returned.reviews.get().comments.get().message == "请改短。\n请写明效果。"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"comments": []}, NothingToMend),
        ({"comments": [("asset.9.number", "没有这件")]}, CommentUnusable),
        ({"comments": COMMENTS, "due_at": AT}, DueUnusable),
        ({"comments": COMMENTS, "due_at": moments.FORMALITY_CLOSES + timedelta(minutes=1)}, DueUnusable),
        ({"comments": COMMENTS, "at": moments.FORMALITY_CLOSES}, FormalityClosed),
    ],
)
def test_a_refused_return_changes_nothing(cast: Cast, entry: Entry, fields: dict, refusal: type[Exception]) -> None:
    note_comment(entry=entry, field="team", message="留着", actor=cast.examiner, at=AT)
    before = trace(entry)
    with pytest.raises(refusal):
        return_entry(entry=entry, **{"actor": cast.examiner, "at": AT, **fields})
    assert trace(entry) == before


def test_an_entry_is_returned_as_often_as_the_edition_allows(cast: Cast) -> None:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    for sequence in (1, 2):
        FormalityReviewFactory(entry=entry, sequence=sequence, decision="return", due_at=AT, decided_at=AT)
    pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    before = trace(entry)
    with pytest.raises(RoundsUsedUp, match="退回补正 2 次，本届最多 2 次"):
        return_entry(entry=entry, comments=COMMENTS, actor=cast.examiner, at=AT)
    assert trace(entry) == before


def test_rejecting_says_why(cast: Cast, entry: Entry) -> None:
    rejected = reject_entry(entry=entry, reason_code="duplicate", note="与往届项目相同。", actor=cast.examiner, at=AT)
    review = rejected.reviews.get()
    assert (rejected.state, review.decision, review.reason_code) == (states.REJECTED, "reject", "duplicate")
    assert rejected.transitions.last().note == "重复申报：与往届项目相同。"
    mail = Message.objects.get(recipient="contact@example.invalid")
    assert "原因：重复申报" in mail.body and "与往届项目相同。" in mail.body


def test_a_rejection_needs_a_known_reason(cast: Cast, entry: Entry) -> None:
    before = trace(entry)
    with pytest.raises(ReasonNeeded, match="不予通过的原因"):
        reject_entry(entry=entry, reason_code="ugly", actor=cast.examiner, at=AT)
    assert trace(entry) == before


def test_a_missed_term_is_confirmed_by_a_person_even_after_the_stage(cast: Cast, entry: Entry) -> None:
    returned = return_entry(entry=entry, comments=COMMENTS, actor=cast.examiner, at=AT)
    due = returned.reviews.get().due_at
    before = trace(returned)
    with pytest.raises(CorrectionRunning, match="9月10日 18:00 未到"):
        reject_entry(entry=returned, reason_code="out_of_scope", actor=cast.organiser, at=due - timedelta(seconds=1))
    assert trace(returned) == before

    late = moments.FORMALITY_CLOSES + timedelta(days=1)
    rejected = reject_entry(entry=returned, reason_code="missing_commitment", note="逾期未补正", actor=cast.organiser, at=late)
    assert rejected.state == states.REJECTED
    assert list(rejected.reviews.values_list("sequence", "decision")) == [(1, "return"), (2, "reject")]


@pytest.mark.parametrize("who", ["organiser", "judge", "foreigner"])
@pytest.mark.parametrize("verb", ["accept", "return", "reject"])
def test_only_who_picked_it_up_decides(cast: Cast, entry: Entry, who: str, verb: str) -> None:
    before = trace(entry)
    with pytest.raises(NotPickedUp):
        decide(verb, entry, getattr(cast, who), AT)
    assert trace(entry) == before


@pytest.mark.parametrize("verb", ["accept", "return", "reject"])
@pytest.mark.parametrize("closed", ["over", "paused", "gate"])
def test_no_decision_while_the_stage_is_closed(cast: Cast, entry: Entry, verb: str, closed: str) -> None:
    stage = cast.edition.stages.get(kind="formality")
    at = moments.FORMALITY_CLOSES if closed == "over" else AT
    if closed == "paused":
        StageOverride.objects.create(stage=stage, kind="pause", at=AT - timedelta(hours=1), reason="停电", by=cast.organiser)
    if closed == "gate":
        stage.gate_released_at = None
        stage.save(update_fields=["gate_released_at"])
    before = trace(entry)
    with pytest.raises(FormalityClosed):
        decide(verb, entry, cast.examiner, at)
    assert trace(entry) == before


@pytest.mark.parametrize("verb", ["accept", "return", "reject"])
def test_an_entry_nobody_holds_is_not_decided(cast: Cast, verb: str) -> None:
    entry = build_submitted_entry(cast)
    before = trace(entry)
    with pytest.raises(NotPickedUp, match="还没有人开始审查"):
        decide(verb, entry, cast.examiner, AT)
    assert trace(entry) == before


def decide(verb: str, entry: Entry, actor: object, at: object) -> Entry:
    if verb == "accept":
        return accept_entry(entry=entry, actor=actor, at=at)
    if verb == "return":
        return return_entry(entry=entry, comments=COMMENTS, due_at=AT + timedelta(days=1), actor=actor, at=at)
    return reject_entry(entry=entry, reason_code="duplicate", actor=actor, at=at)
