"""Notices and objections as the public, the committee and an arbitrator see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import clock
from core.audit.models import AuditEntry
from jianggaosai.demo.pdf import sample_pdf
from results.models import CalendarDay, Notice, NoticeClosing, Objection, PublicitySettings
from tests.factories import moments
from tests.factories.objections import UNIT, build_arbitrator, build_objection, sealed_scan
from tests.factories.results import AFTER_FINAL, publish_final
from tests.results.views.test_organizer import signed_in, text_of

AFTER = moments.NOTICE_CLOSES + timedelta(hours=1)
PERSON = {"grounds": "公示的总分与现场宣布的不一致，请核实。", "name": "示例个人", "mobile": "138 0013 8000", "email": "p@example.invalid"}


@pytest.fixture
def notice(cast):
    found = Notice.objects.get(result=publish_final(cast))
    with clock.rehearse(AFTER_FINAL):
        yield found


def scan(name: str = "异议书.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sample_pdf("objection") if content is None else content)


def test_a_person_objects_and_follows_it_without_an_account(notice):
    client, path = Client(), f"/jgs2026/notices/{notice.public_id}/object/?kind=person"
    assert "提出异议" in text_of(client.get(f"/jgs2026/notices/{notice.public_id}/"))
    wrong = client.post(path, PERSON | {"mobile": "12345", "grounds": "不对"})
    assert wrong.status_code == 422 and Objection.objects.count() == 0
    sent = client.post(path, PERSON)
    filed = Objection.objects.get()
    assert sent["Location"] == f"/jgs2026/objections/{filed.public_id}/"
    shown = text_of(client.get(sent["Location"]))
    assert filed.number in shown and "待受理" in shown and "示例个人" not in shown and "不一致" not in shown
    assert "收到 1 件：待受理 1" in text_of(client.get(f"/jgs2026/notices/{notice.public_id}/"))
    assert "1 件，成立 0 件" in text_of(client.get("/jgs2026/notices/"))


def test_a_unit_brings_its_seal_and_evidence_that_is_what_it_says(notice):
    client, path = Client(), f"/jgs2026/notices/{notice.public_id}/object/?kind=unit"
    values = PERSON | {"name": "示例单位", "contact_name": "联系人"}
    assert client.post(path, values).status_code == 422
    fake = client.post(path, values | {"signed": scan(), "evidence_1": scan("证据.pdf", b"MZ not a pdf")})
    assert fake.status_code == 422 and "不是可以接收的格式" in text_of(fake)
    client.post(path, values | {"signed": scan(), "evidence_1": scan("证据.pdf")})
    assert [one.kind for one in Objection.objects.get().files.all()] == ["evidence", "signed"]


def test_too_late_is_said_with_the_reason(notice):
    client, path = Client(), f"/jgs2026/notices/{notice.public_id}/object/?kind=person"
    with clock.rehearse(notice.closes_at):
        assert "异议受理已截止" in text_of(client.get(path))
        late = client.post(path, PERSON)
        assert late.status_code == 409 and "已于" in text_of(late) and "不能受理" in text_of(late)
    assert Objection.objects.count() == 0
    assert client.get(f"/jgs2026/notices/{notice.public_id}/object/?kind=ghost").status_code == 404


def test_the_whole_way_on_the_pages(cast, notice):
    organiser, arbitrator = signed_in(cast.organiser), build_arbitrator(cast.edition)
    filed = build_objection(notice, cast.stranger, AFTER_FINAL, kind="unit", party=UNIT, files=[sealed_scan()])
    path = f"/org/jgs2026/objections/{filed.public_id}/"
    shown = text_of(organiser.get(path))
    assert "示＊＊＊＊" in shown and UNIT.email not in shown and "受理并交复核" in shown
    assert UNIT.email in text_of(organiser.post(path + "contact/"))
    assert AuditEntry.objects.filter(verb="results.contact.revealed").count() == 1
    assert organiser.get(path + "files/1/")["Content-Disposition"].startswith("attachment")
    assert organiser.get(path + "files/2/").status_code == 404
    assert organiser.post(path + "admit/", {"investigator": cast.judge.pk}).status_code == 422
    organiser.post(path + "admit/", {"investigator": arbitrator.pk})
    theirs = signed_in(arbitrator)
    assert "记录裁定" in text_of(theirs.get(path)) and "记录裁定" not in text_of(organiser.get(path))
    theirs.post(path + "rule/", {"verdict": "none", "ruling": "公示用了旧名称。"})
    assert "发送答复" in text_of(organiser.get(path))
    assert organiser.post(path + "answer/", {"answer": ""}).status_code == 422
    organiser.post(path + "answer/", {"answer": "已改正。"})
    assert organiser.post(path + "fly/").status_code == 404
    with clock.rehearse(AFTER):
        listed = text_of(organiser.get("/org/jgs2026/notices/"))
        assert "结束公示" in listed and "成立 1" in listed
        organiser.post(f"/org/jgs2026/notices/{notice.public_id}/close/")
    assert NoticeClosing.objects.count() == 1


def test_a_disqualifying_ruling_is_carried_out_from_the_page(cast, notice):
    organiser, arbitrator = signed_in(cast.organiser), build_arbitrator(cast.edition)
    filed = build_objection(notice, cast.stranger, AFTER_FINAL, entry=cast.edition.entries.get(number=1))
    path = f"/org/jgs2026/objections/{filed.public_id}/"
    organiser.post(path + "admit/", {"investigator": arbitrator.pk})
    signed_in(arbitrator).post(path + "rule/", {"verdict": "disqualify", "ruling": "核心专利已宣告无效。"})
    assert "执行裁定并重新计算" in text_of(organiser.get(path))
    organiser.post(path + "carry-out/")
    assert "已生成第 2 版结果" in text_of(organiser.get(path))
    assert "异议" in text_of(organiser.get("/org/jgs2026/results/final/"))


def test_a_letter_is_entered_for_somebody(cast, notice):
    organiser = signed_in(cast.organiser)
    path = f"/org/jgs2026/notices/{notice.public_id}/letter/?kind=person"
    assert organiser.post(path, PERSON).status_code == 422
    with clock.rehearse(AFTER):
        sent = organiser.post(path, PERSON | {"received_at": "2026-12-02T10:00"})
    assert sent.status_code == 302 and Objection.objects.get().filed_at == clock.at_local(2026, 12, 2, 10)


def test_settings_and_holidays_are_the_editions(cast, notice):
    organiser = signed_in(cast.organiser)
    organiser.post("/org/jgs2026/notices/settings/", {"notice_days": "7", "notice_counting": "calendar", "shows_judge_totals": "on"})
    stored = PublicitySettings.objects.get()
    assert (stored.notice_days, stored.notice_counting, stored.judge_totals_confirmed_by) == (7, "calendar", cast.organiser)
    assert organiser.post("/org/jgs2026/notices/settings/", {"notice_days": "0", "notice_counting": "calendar"}).status_code == 422
    path = "/org/jgs2026/notices/calendar/"
    assert "国庆节" in text_of(organiser.get(path)) and "还没有录入" in text_of(organiser.get(path + "?year=2028"))
    organiser.post(path, {"day": "2026-12-04", "is_working": "0", "name": "停电放假"})
    assert "停电放假" in text_of(organiser.get(path))
    organiser.post(path + "2026-12-04/remove/")
    assert CalendarDay.objects.count() == 0
