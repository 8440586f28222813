from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.models import Edition
from core.audit.models import AuditEntry
from core.clock import at_local
from core.errors import NotAllowed, WrongState
from core.outbox.models import Message
from entries.actions import disqualify_entry
from judging.models import Assignment
from results.actions.approval import approve_result
from results.actions.computation import compute_round
from results.actions.publication import publish_result, send_finalists
from results.errors import NoticeTooShort, NotPublic, ResultStale
from results.models import Certificate, Notice, ResultPublication
from results.queries.state import final_result, finalists, result_state
from tests.factories import moments
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    approve_and_publish,
    build_preliminary,
    certify,
    publish_final,
    seat_panel,
)


@pytest.fixture
def approved(cast):
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=result, actor=who, at=AFTER_PRELIMINARY)
    return result


def test_publication_opens_a_notice_and_tells_each_entrant_their_own_outcome(cast, approved):
    publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert result_state(approved) == "published"
    notice = Notice.objects.get()
    assert (notice.kind, notice.title) == ("finalists", "2026 年江高赛决赛入围名单公示")
    assert (notice.opens_at, notice.closes_at) == (AFTER_PRELIMINARY, at_local(2026, 10, 23, 0))
    assert "公示期至 2026年10月22日 24:00" in notice.body
    mails = list(Message.objects.exclude(kind="result_approved").order_by("pk"))
    assert [mail.recipient for mail in mails] == ["contact@example.invalid"] * 5
    assert mails[0].subject == f"初赛结果：{approved.placings.get(entry__number=1).entry.title}（001 号）"
    assert "结果：入围决赛" in mails[0].body and "总分：86.10，本组第 1 名" in mails[0].body
    assert f"http://testserver/jgs2026/notices/{notice.public_id}/" in mails[0].body
    assert [entry.code for entry in finalists(cast.edition)] == ["001", "002", "003", "011", "012"]
    assert AuditEntry.objects.filter(verb="results.result.published").count() == 1


def test_a_version_that_no_longer_holds_is_not_published(cast, approved):
    entry = approved.placings.get(entry__number=2).entry
    disqualify_entry(entry=entry, reason="材料造假", actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(ResultStale) as caught:
        publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert "不能公布" in caught.value.text and caught.value.reasons[-1].url.endswith("/results/preliminary/#cp")
    assert not Notice.objects.exists() and not Assignment.objects.filter(seat__panel__round__kind="final").exists()


def test_the_finalists_are_given_to_the_panel_of_the_final(cast, approved):
    seat_panel(cast.edition.rounds.get(kind="final"), 2)
    publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert Assignment.objects.filter(seat__panel__round__kind="final").count() == 10


def test_a_panel_seated_later_gets_them_on_request(cast, approved):
    publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    seat_panel(cast.edition.rounds.get(kind="final"), 2)
    send_finalists(result=approved, actor=cast.organiser, at=moments.DURING_COACHING)
    send_finalists(result=approved, actor=cast.organiser, at=moments.DURING_COACHING)
    assert Assignment.objects.filter(seat__panel__round__kind="final").count() == 10


def test_finalists_of_an_unpublished_result_are_not_sent(cast, approved):
    with pytest.raises(WrongState):
        send_finalists(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert not Assignment.objects.filter(seat__panel__round__kind="final").exists()


def test_only_an_approved_result_is_published_and_once(cast):
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(WrongState):
        publish_result(result=result, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert ResultPublication.objects.count() == Notice.objects.count() == Message.objects.count() == 0
    approve_and_publish(result, cast, AFTER_PRELIMINARY)
    with pytest.raises(WrongState):
        publish_result(result=result, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert Notice.objects.count() == 1


def test_a_notice_cannot_end_before_it_begins(cast, approved):
    with pytest.raises(NoticeTooShort):
        publish_result(result=approved, notice_closes_at=AFTER_PRELIMINARY, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert ResultPublication.objects.count() == 0


def test_an_edition_nobody_sees_publishes_nothing(cast, approved):
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    with pytest.raises(NotPublic):
        publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert ResultPublication.objects.count() == 0


@pytest.mark.parametrize("who", ["auditor", "operator", "foreigner"])
def test_only_organisers_publish(cast, approved, who):
    with pytest.raises(NotAllowed):
        publish_result(result=approved, actor=cast.people[who], at=AFTER_PRELIMINARY)
    assert ResultPublication.objects.count() == 0


def test_the_notice_of_the_awards_lasts_as_the_edition_says(cast):
    result = publish_final(cast)
    notice = Notice.objects.get(result=result)
    assert (notice.kind, notice.title, notice.closes_at) == ("awards", "2026 年江高赛决赛结果公示", moments.NOTICE_CLOSES)
    bodies = list(Message.objects.filter(kind="result-published", subject__startswith="决赛结果").order_by("pk").values_list("body", flat=True))
    assert ["结果：获得金奖" in body for body in bodies] == [True, True, False, True, True]
    assert final_result(cast.edition) == result


def test_a_published_correction_replaces_the_result_and_revokes_what_is_lost(cast):
    first = publish_final(cast)
    certify(first, cast)
    cast.edition.award_types.get().quotas.update(quota=1)
    second = compute_round(round=first.round, reason="名额更正", actor=cast.organiser, at=AFTER_FINAL)
    approve_and_publish(second, cast, AFTER_FINAL + timedelta(days=1))
    assert (result_state(first), result_state(second)) == ("superseded", "published")
    revoked = Certificate.objects.filter(revoked_at__isnull=False)
    assert sorted(one.award.placing.entry.code for one in revoked) == ["001", "012"]
    assert {one.revoked_reason for one in revoked} == {"结果更正：名额更正"}
    notice = Notice.objects.get(result=second)
    assert notice.title == "2026 年江高赛决赛结果更正公示" and "更正此前公布的第 1 版结果，原因：名额更正" in notice.body
    assert Message.objects.filter(subject__startswith="【更正】决赛结果").count() == 5
    assert certify(second, cast) == []


def test_members_are_told_where_an_organisation_names_no_contact(cast):
    round_ = build_preliminary(cast.edition)
    entry = cast.edition.entries.get(number=1)
    applicant = entry.applicants.get()
    applicant.organisation = cast.organisation
    applicant.save()
    cast.organisation.contact_email = ""
    cast.organisation.save()
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_and_publish(result, cast, AFTER_PRELIMINARY)
    assert Message.objects.get(subject__contains="（001 号）").recipient == "applicant@example.invalid"




def test_only_organisers_send_finalists(cast, approved):
    publish_result(result=approved, actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(NotAllowed):
        send_finalists(result=approved, actor=cast.auditor, at=AFTER_PRELIMINARY)
