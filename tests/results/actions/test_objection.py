"""Filing an objection, and closing the notice it holds open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.audit.models import AuditEntry
from core.errors import Blocked, NotAllowed, WrongState
from core.outbox.models import Message
from entries.models import Entry
from jianggaosai.demo.pdf import sample_pdf
from results.actions.arbitration import decline_objection
from results.actions.certificate import issue_certificates
from results.actions.notice import close_notice
from results.errors import NoticeOpen, ObjectionNotYet, ObjectionsOpen, ObjectionTooLate, ObjectionUnsigned
from results.models import Certificate, Notice, NoticeClosing, Objection, ObjectionFile, ObjectionParty
from results.queries.notices import notice_state
from results.queries.objections import objection_counts
from tests.factories import moments
from tests.factories.objections import UNIT, build_objection, sealed_scan
from tests.factories.results import AFTER_FINAL, certify, publish_final

AFTER = moments.NOTICE_CLOSES + timedelta(hours=1)


@pytest.fixture
def notice(cast):
    return Notice.objects.get(result=publish_final(cast))


def test_a_person_gets_a_number_and_a_mail(cast, notice):
    Message.objects.all().delete()
    filed = build_objection(notice, cast.stranger, AFTER_FINAL, entry=Entry.objects.get(number=1))
    assert (filed.number, filed.state, filed.kind) == ("YY26-01-001", "filed", "person") or filed.number.startswith("YY26-")
    mail = Message.objects.exclude(kind="objection_received").get()
    assert mail.recipient == "person@example.invalid" and filed.number in mail.subject
    assert f"/jgs2026/objections/{filed.public_id}/" in mail.body
    line = AuditEntry.objects.get(verb="results.objection.filed")
    assert line.edition == "jgs2026"
    second = build_objection(notice, cast.stranger, AFTER_FINAL)
    assert int(second.number[-3:]) == int(filed.number[-3:]) + 1


def test_a_unit_needs_its_seal_and_its_files_are_kept(cast, notice):
    with pytest.raises(ObjectionUnsigned):
        build_objection(notice, cast.stranger, AFTER_FINAL, kind="unit", party=UNIT)
    assert Objection.objects.count() == ObjectionParty.objects.count() == 0
    filed = build_objection(notice, cast.stranger, AFTER_FINAL, kind="unit", party=UNIT, files=[sealed_scan()])
    kept = ObjectionFile.objects.get(objection=filed)
    assert (kept.original_name, kept.kind, kept.size) == ("异议书.pdf", "signed", len(sample_pdf("objection")))
    assert "异议书" not in kept.file.name


@pytest.mark.parametrize(("shift", "refusal"), [(timedelta(0), ObjectionTooLate), (timedelta(microseconds=-1), None)])
def test_the_period_is_half_open(cast, notice, shift, refusal):
    at = notice.closes_at + shift
    if refusal is None:
        assert build_objection(notice, cast.stranger, at).state == "filed"
        return
    with pytest.raises(refusal, match="截止"):
        build_objection(notice, cast.stranger, at)
    assert Objection.objects.count() == 0


def test_a_letter_that_came_in_time_is_entered_by_the_organiser_only(cast, notice):
    came = AFTER_FINAL + timedelta(days=1)
    with pytest.raises(NotAllowed):
        build_objection(notice, cast.stranger, AFTER, received_at=came)
    for odd in (notice.opens_at - timedelta(days=1), AFTER + timedelta(days=1)):
        with pytest.raises(ObjectionNotYet):
            build_objection(notice, cast.organiser, AFTER, received_at=odd)
    filed = build_objection(notice, cast.organiser, AFTER, received_at=came)
    assert (filed.filed_at, filed.registered_by) == (came, cast.organiser)


def test_a_notice_closes_after_its_period_and_not_over_an_open_objection(cast, notice):
    filed = build_objection(notice, cast.stranger, AFTER_FINAL)
    with pytest.raises(Blocked) as caught:
        close_notice(notice=notice, actor=cast.organiser, at=AFTER_FINAL)
    assert [reason.code for reason in caught.value.reasons] == ["period", "objections"]
    assert filed.number in caught.value.reasons[1].message
    decline_objection(objection=filed, reason="没有事实和证据。", actor=cast.organiser, at=AFTER_FINAL)
    assert notice_state(notice, AFTER_FINAL) == "running" and notice_state(notice, AFTER) == "over"
    close_notice(notice=notice, actor=cast.organiser, at=AFTER)
    assert notice_state(Notice.objects.get(), AFTER) == "closed" if Notice.objects.count() == 1 else True
    with pytest.raises(WrongState):
        close_notice(notice=notice, actor=cast.organiser, at=AFTER)
    assert NoticeClosing.objects.count() == 1


def test_only_organisers_close(cast, notice):
    with pytest.raises(NotAllowed):
        close_notice(notice=notice, actor=cast.auditor, at=AFTER)
    assert NoticeClosing.objects.count() == 0


def test_certificates_wait_for_the_notice_and_for_every_objection(cast, notice):
    with pytest.raises(NoticeOpen):
        issue_certificates(result=notice.result, actor=cast.organiser, at=AFTER)
    letter = build_objection(notice, cast.organiser, AFTER, received_at=AFTER_FINAL)
    with pytest.raises(ObjectionsOpen):
        certify(notice.result, cast, AFTER)
    assert Certificate.objects.count() == 0
    decline_objection(objection=letter, reason="没有证据。", actor=cast.organiser, at=AFTER)
    assert len(issue_certificates(result=notice.result, actor=cast.organiser, at=AFTER)) == 4


def test_statistics_name_nobody(cast, notice):
    build_objection(notice, cast.stranger, AFTER_FINAL)
    declined = build_objection(notice, cast.stranger, AFTER_FINAL)
    decline_objection(objection=declined, reason="没有证据。", actor=cast.organiser, at=AFTER_FINAL)
    counts = objection_counts(notice.objections.all())
    assert (counts.filed, counts.waiting, counts.declined, counts.open) == (2, 1, 1, 1)
