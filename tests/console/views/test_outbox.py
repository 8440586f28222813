"""The messages of an edition, and sending one once more."""

from __future__ import annotations

import pytest
from django.test import Client

from core import clock
from core.audit.models import AuditEntry
from core.outbox.models import Message
from tests.cast import Cast
from tests.factories import moments as m

OUTBOX = "/org/jgs2026/messages/"


@pytest.fixture
def organiser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    return client


def message(state: str = "failed", **fields: object) -> Message:
    values = {
        "channel": "mail", "recipient": "lisi@example.invalid", "subject": "请补正", "body": "正文", "edition": "jgs2026",
        "attempts": 6, "last_error": "邮箱不存在", "queued_at": m.SET_UP, "due_at": m.SET_UP,
    }  # fmt: skip
    return Message.objects.create(state=state, **{**values, **fields})


def test_addresses_are_masked_and_errors_told(organiser: Client) -> None:
    message()
    message("sent", sent_at=m.DURING_VOTE, recipient="+8613800000001", channel="sms", subject="", edition="jgs2026")
    message("queued", attempts=1, due_at=m.DURING_VOTE)
    message("queued", attempts=0)
    html = organiser.get(OUTBOX).content.decode()
    assert "lisi@" not in html and "13800000001" not in html
    assert "试了 6 次：邮箱不存在" in html and "再试：邮箱不存在" in html and "等待发送" in html
    assert html.count("重新发送") == 1


def test_only_those_of_the_edition_and_of_the_state(organiser: Client) -> None:
    mine, _sent, _other = message(), message("sent", sent_at=m.SET_UP), message(edition="other2026")
    answer = organiser.get(OUTBOX + "?state=failed")
    assert [row["message"] for row in answer.context["rows"]] == [mine]
    assert [(chip["label"], chip["count"], chip["current"]) for chip in answer.context["chips"]] == [
        ("全部", 2, False), ("待发送", 0, False), ("已发送", 1, False), ("发送失败", 1, True),
    ]  # fmt: skip
    assert len(organiser.get(OUTBOX + "?state=nonsense").context["rows"]) == 2
    assert "没有这样的消息" in organiser.get(OUTBOX + "?state=queued").content.decode()


def test_a_failed_message_is_sent_once_more(organiser: Client, mailoutbox, django_capture_on_commit_callbacks) -> None:
    failed = message()
    with clock.rehearse(m.DURING_VOTE), django_capture_on_commit_callbacks(execute=True):
        answer = organiser.post(f"{OUTBOX}{failed.public_id}/resend/", follow=True)
    assert "“请补正”已重新排队发送。" in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.last_error) == ("sent", 1, "")
    assert [mail.to for mail in mailoutbox] == [["lisi@example.invalid"]]
    line = AuditEntry.objects.get(verb="core.message.resent")
    assert (line.edition, line.object_id) == ("jgs2026", failed.public_id)
    assert line.detail.content["before"]["last_error"] == "邮箱不存在"


@pytest.mark.parametrize("state", ["sent", "queued"])
def test_nobody_gets_a_message_twice(organiser: Client, state: str) -> None:
    one = message(state, sent_at=m.SET_UP if state == "sent" else None)
    assert organiser.post(f"{OUTBOX}{one.public_id}/resend/").status_code == 409
    one.refresh_from_db()
    assert (one.state, one.attempts) == (state, 6)
    assert not AuditEntry.objects.filter(verb="core.message.resent").exists()


def test_messages_of_another_edition_stay_there(organiser: Client) -> None:
    other = message(edition="other2026")
    assert organiser.post(f"{OUTBOX}{other.public_id}/resend/").status_code == 404
    other.refresh_from_db()
    assert other.state == "failed"


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_however_many_messages(organiser: Client, items: int, django_assert_num_queries) -> None:
    for _ in range(items):
        message()
    organiser.get(OUTBOX)
    with clock.rehearse(m.DURING_VOTE), django_assert_num_queries(11):
        organiser.get(OUTBOX)
