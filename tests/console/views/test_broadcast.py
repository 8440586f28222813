"""Writing to many: seen first, then sent, then on record."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from core import clock
from core.audit.models import AuditEntry
from core.outbox.models import Broadcast, Message, MessageSetting
from entries import states
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments as m

WRITE = "/org/jgs2026/messages/to-many/new/"


@pytest.fixture
def organiser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    with clock.rehearse(m.DURING_VOTE):
        yield client


def written(**changes: str) -> dict[str, str]:
    return {"audience": "entries.returned", "subject": "补正提醒", "body": "{收件人}：请尽快补正。", "by_mail": "on", "action": "preview"} | changes


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def test_from_the_preview_to_the_record(organiser: Client, cast: Cast, mailoutbox, django_capture_on_commit_callbacks) -> None:
    build_submitted_entry(cast, state=states.RETURNED)
    build_submitted_entry(cast, state=states.RETURNED)
    build_submitted_entry(cast)

    html = organiser.post(WRITE, written()).content.decode()
    figures = hidden(html, "figures")
    count = int(figures.split("-")[0])
    assert f"发送给 {count} 人" in html and "示例企业丁：请尽快补正。" in html
    assert cast.applicant.email not in html
    assert not Message.objects.exists()

    sending = written(action="send", figures=figures, key=hidden(html, "key"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = organiser.post(WRITE, sending, follow=True)
    organiser.post(WRITE, sending)

    page = answer.content.decode()
    assert f"已登记发送给 {count} 人" in page and "退回补正的单位" in page
    assert len(mailoutbox) == count == Message.objects.count()
    assert Broadcast.objects.get().count == count
    assert "补正提醒" in organiser.get("/org/jgs2026/messages/to-many/").content.decode()


def test_the_preview_leads_back_with_everything_kept(organiser: Client) -> None:
    html = organiser.post(WRITE, written(action="edit")).content.decode()

    assert "补正提醒" in html and "请尽快补正" in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"audience": ""}, "请选择收件人"),
        ({"audience": "no.such"}, "请重新选择收件人"),
        ({"subject": ""}, "请填写标题"),
        ({"body": "{密码}"}, "没有名为“密码”的占位符"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(organiser: Client, changes: dict[str, str], words: str) -> None:
    answer = organiser.post(WRITE, written(**changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("figures", ["9-9-0-0", "x", ""])
def test_when_the_people_changed_the_preview_comes_again(organiser: Client, cast: Cast, figures: str) -> None:
    build_submitted_entry(cast, state=states.RETURNED)

    answer = organiser.post(WRITE, written(action="send", figures=figures, key="abcdefghjk"))

    assert answer.status_code == 409
    assert "请重新预览" in answer.content.decode()
    assert not Broadcast.objects.exists()


def test_it_may_stay_on_the_site_and_short_messages_need_a_provider(organiser: Client, cast: Cast) -> None:
    build_submitted_entry(cast, state=states.RETURNED)
    assert "不能选：还没有接入短信服务商" in organiser.get(WRITE).content.decode()

    html = organiser.post(WRITE, written(by_mail="", by_sms="on")).content.decode()
    assert "只在“我的消息”里看到" in html
    organiser.post(WRITE, written(by_mail="", by_sms="on", action="send", figures=hidden(html, "figures"), key=hidden(html, "key")))

    assert {one.channel for one in Message.objects.all()} == {"site"}
    organiser.force_login(cast.applicant, "accounts.backends.PasswordBackend")
    assert "补正提醒" in organiser.get("/my/messages/").content.decode()


def test_a_provider_without_a_template_is_not_enough(organiser: Client, settings) -> None:
    settings.SMS_ACCESS_KEY, settings.SMS_ACCESS_SECRET, settings.SMS_SIGN_NAME = "k", "s", "江高赛"
    settings.SMS_TEMPLATES = {"vote_code": "SMS_1"}
    assert "还没有模板" in organiser.get(WRITE).content.decode()

    settings.SMS_TEMPLATES = {"sms_broadcast": "SMS_2"}
    assert "短信只提醒有新消息" in organiser.get(WRITE).content.decode()


def test_an_empty_audience_offers_no_button(organiser: Client) -> None:
    assert 'value="send"' not in organiser.post(WRITE, written()).content.decode()


def test_a_message_is_read_and_its_address_revealed_with_a_line_in_the_journal(organiser: Client) -> None:
    one = Message.objects.create(
        channel="mail", recipient="lisi@example.invalid", subject="请补正", body="第一行\n第二行", kind="entry_returned",
        edition="jgs2026", queued_at=m.SET_UP, due_at=m.SET_UP,
    )  # fmt: skip
    address = f"/org/jgs2026/messages/{one.public_id}/"
    html = organiser.get(address).content.decode()
    assert "第二行" in html and "退回补正通知" in html and "lisi@" not in html
    assert not AuditEntry.objects.filter(verb="core.message.revealed").exists()

    assert "lisi@example.invalid" in organiser.post(f"{address}reveal/").content.decode()

    assert AuditEntry.objects.get(verb="core.message.revealed").object_id == one.public_id


def test_the_text_of_a_code_is_shown_to_nobody(organiser: Client) -> None:
    one = Message.objects.create(
        channel="sms", recipient="+8613800000001", body="验证码 987654", kind="vote_code", edition="jgs2026",
        queued_at=m.SET_UP, due_at=m.SET_UP,
    )  # fmt: skip

    assert "987654" not in organiser.get(f"/org/jgs2026/messages/{one.public_id}/").content.decode()


def test_messages_are_found_by_kind_channel_and_words(organiser: Client) -> None:
    def make(**fields: str) -> Message:
        known = {"channel": "mail", "recipient": "a@example.invalid", "subject": "甲", "kind": "entry_returned", "edition": "jgs2026"}
        return Message.objects.create(**known | fields, body="b", queued_at=m.SET_UP, due_at=m.SET_UP)

    first = make()
    second = make(subject="乙", recipient="b@example.invalid", kind="entry_accepted")
    third = make(subject="", channel="sms", kind="vote_code")

    def found(query: str) -> list[Message]:
        return [row["message"] for row in organiser.get(f"/org/jgs2026/messages/?{query}").context["rows"]]

    assert found("kind=entry_returned") == [first]
    assert found("channel=sms") == [third]
    assert found("q=乙") == [second] == found("q=B@example.invalid")
    assert len(found("kind=nonsense")) == 3


def test_a_kind_is_switched_off_and_one_that_matters_is_not(organiser: Client) -> None:
    kinds = "/org/jgs2026/messages/kinds/"
    assert "评分提醒" in organiser.get(kinds).content.decode()

    organiser.post(f"{kinds}judge-reminder/", {"note": "请带身份证"})
    organiser.post(f"{kinds}entry_returned/", {"note": ""})

    own = {one.kind: (one.is_off, one.note) for one in MessageSetting.objects.all()}
    assert own == {"judge-reminder": (True, "请带身份证"), "entry_returned": (False, "")}
    assert "已停发" in organiser.get(kinds).content.decode()
    assert organiser.get(f"{kinds}vote_code/").status_code == 404
    assert organiser.get(f"{kinds}member_invited/").status_code == 404
