from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core.canonical import canonical_json, sha256_hex
from core.errors import Blocked, WrongState
from core.outbox.models import Message
from entries import states
from entries.actions.applicants import save_revenues
from entries.actions.attachment import attach_file
from entries.actions.entry import save_entry
from entries.actions.submission import recall_entry, resubmit_entry, submit_entry, withdraw_entry
from entries.actions.transition import advance
from entries.errors import CorrectionOverdue, RegistrationClosed
from entries.models import Entry, EntryTransition, Submission
from tests.entries.conftest import upload
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory

AT = moments.DURING_REGISTRATION
SECOND = timedelta(seconds=1)


def unchanged(entry: Entry, state: str = states.DRAFT) -> bool:
    entry.refresh_from_db()
    return entry.state == state and not Submission.objects.exists() and not EntryTransition.objects.exists()


def test_submitting_freezes_groups_receipts_and_tells(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)

    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at, draft.group.code) == (states.SUBMITTED, AT, "startup")
    assert draft.group_reason == "参赛企业上年度营业收入 1,200 万元，不超过 2,000 万元，归入初创组。"
    submission = Submission.objects.get()
    assert (submission.receipt, submission.sequence, submission.at) == ("JGS2026-000001", 1, AT)
    assert submission.content["assets"][0]["number"] == "202210000101.3"
    assert submission.sha256 == sha256_hex(canonical_json(submission.content))
    step = EntryTransition.objects.get()
    assert (step.verb, step.target, step.note) == ("submit", "submitted", "第 1 版")
    mails = Message.objects.order_by("pk")
    assert [mail.recipient for mail in mails] == ["contact@example.invalid", "applicant@example.invalid"]
    assert "JGS2026-000001" in mails[0].subject and draft.public_id in mails[0].body


def test_the_contact_who_submits_gets_one_mail(cast, draft):
    cast.organisation.contact_email = cast.applicant.email
    cast.organisation.save()

    submit_entry(entry=draft, actor=cast.applicant, at=AT)

    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("revenue", "group"), [(Decimal("20000000.00"), "startup"), (Decimal("20000000.01"), "growth")]
)
def test_the_group_follows_the_revenue_and_the_limit_is_still_start_up(cast, draft, revenue, group):
    lead = draft.applicants.get()
    save_revenues(entry=draft, version=draft.version, revenues={lead.pk: revenue}, actor=cast.applicant, at=AT)

    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).group.code == group


def test_a_group_decided_by_the_organiser_stays(cast, draft):
    growth = cast.edition.tracks.get().groups.get(code="growth")
    Entry.objects.filter(pk=draft.pk).update(
        group=growth, group_reason="合并报表", group_overridden_by=cast.organiser
    )

    filed = submit_entry(entry=draft, actor=cast.applicant, at=AT)

    assert (filed.group, filed.group_reason) == (growth, "合并报表")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (moments.REGISTRATION_OPENS - SECOND, False),
        (moments.REGISTRATION_OPENS, True),
        (moments.REGISTRATION_CLOSES - SECOND, True),
        (moments.REGISTRATION_CLOSES, False),
    ],
)
def test_the_window_is_held_to_the_second(cast, draft, at, is_open):
    if is_open:
        assert submit_entry(entry=draft, actor=cast.applicant, at=at).state == states.SUBMITTED
    else:
        with pytest.raises(RegistrationClosed):
            submit_entry(entry=draft, actor=cast.applicant, at=at)
        assert unchanged(draft)


def test_all_that_is_missing_is_said_at_once_and_nothing_changes(cast, empty_draft):
    with pytest.raises(Blocked) as refused:
        submit_entry(entry=empty_draft, actor=cast.applicant, at=AT)

    fields = {one.field for one in refused.value.reasons}
    assert {"applicant.1.revenue", "title", "assets", "file.proposal", "is_truth_declared"} <= fields
    assert all(one.url for one in refused.value.reasons)
    assert unchanged(empty_draft)


@pytest.mark.parametrize(("kind", "cap"), [("enterprise", 3), ("individual", 1), ("team", 1)])
def test_the_cap_of_the_kind_is_held(cast, draft, kind, cap):
    cast.organisation.kind = kind
    cast.organisation.save()
    for number in range(cap):
        other = EntryFactory(edition=cast.edition, state=states.UNDER_REVIEW)
        EntryApplicantFactory(entry=other, organisation=cast.organisation)
        if number == 0:
            last = other

    with pytest.raises(Blocked) as refused:
        submit_entry(entry=draft, actor=cast.applicant, at=AT)
    assert [one.field for one in refused.value.reasons] == ["applicants"]
    assert unchanged(draft)

    Entry.objects.filter(pk=last.pk).update(state=states.WITHDRAWN)
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == states.SUBMITTED


def test_receipts_count_up_within_the_year(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    second = EntryFactory(edition=cast.edition, track=draft.track)
    EntryApplicantFactory(entry=second, organisation=cast.organisation)
    asset = draft.assets.get()
    asset.pk, asset.entry = None, second
    asset.save()
    attach_file(entry=second, kind="proposal", upload=upload(), actor=cast.applicant, at=AT)

    submit_entry(entry=second, actor=cast.applicant, at=AT)

    assert list(Submission.objects.order_by("pk").values_list("receipt", flat=True)) == [
        "JGS2026-000001",
        "JGS2026-000002",
    ]


def test_a_recalled_entry_is_a_draft_again_and_keeps_its_receipt(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)

    recalled = recall_entry(entry=draft, actor=cast.applicant, at=AT)
    assert recalled.state == states.DRAFT
    submit_entry(entry=draft, actor=cast.applicant, at=AT)

    assert draft.submissions.last().receipt == "JGS2026-000001-2"


def test_nothing_is_recalled_after_the_deadline_or_once_picked_up(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    with pytest.raises(RegistrationClosed):
        recall_entry(entry=draft, actor=cast.applicant, at=moments.REGISTRATION_CLOSES)
    draft.refresh_from_db()
    assert draft.state == states.SUBMITTED

    advance(draft, "pick_up", actor=cast.examiner, at=AT)
    with pytest.raises(WrongState):
        recall_entry(entry=draft, actor=cast.applicant, at=AT)
    draft.refresh_from_db()
    assert draft.state == states.UNDER_REVIEW


def test_a_corrected_entry_goes_back_to_examination(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    review = return_entry_with(draft, cast, "summary")
    last = review.due_at - SECOND
    with pytest.raises(Blocked) as refused:
        resubmit_entry(entry=draft, actor=cast.applicant, at=last)
    assert [one.message for one in refused.value.reasons] == ["请核对 summary。"]
    save_entry(entry=draft, version=draft.version, values={"summary": "改好了"}, actor=cast.applicant, at=last)

    resubmit_entry(entry=draft, actor=cast.applicant, at=last)

    draft.refresh_from_db()
    assert draft.state == states.UNDER_REVIEW
    second = draft.submissions.last()
    assert (second.sequence, second.receipt, second.content["project"]["summary"]) == (2, "JGS2026-000001-2", "改好了")


def test_a_correction_after_its_term_is_refused(cast, draft):
    review = return_entry_with(draft, cast)

    with pytest.raises(CorrectionOverdue):
        resubmit_entry(entry=draft, actor=cast.applicant, at=review.due_at)

    assert unchanged(draft, states.RETURNED)


def test_a_draft_is_not_resubmitted_nor_a_returned_entry_submitted(cast, draft):
    with pytest.raises(WrongState):
        resubmit_entry(entry=draft, actor=cast.applicant, at=AT)
    return_entry_with(draft, cast)
    with pytest.raises(WrongState):
        submit_entry(entry=draft, actor=cast.applicant, at=AT)

    assert unchanged(draft, states.RETURNED)


def test_withdrawing_keeps_the_reason(cast, draft):
    assert withdraw_entry(entry=draft, reason="改投他赛", actor=cast.applicant, at=AT).state == states.WITHDRAWN
    assert EntryTransition.objects.get().note == "改投他赛"
