from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.outbox.audiences import Audience, Recipient
from core.outbox.broadcast import (
    AudienceChanged,
    Letter,
    NobodyThere,
    NoShortMessages,
    UnknownPlaceholder,
    send_broadcast,
)
from core.outbox.inbox import inbox
from core.outbox.models import Broadcast, Message
from core.outbox.reach import reach
from tests.factories import moments

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
PEOPLE = [
    Recipient("甲公司", "a@example.invalid"),
    Recipient("乙{收件人}", "B@example.invalid"),
    Recipient("甲公司的人", "A@example.invalid "),
    Recipient("丙公司", ""),
]


def to(people=PEOPLE):
    return Audience("test", "试一试", lambda edition: iter(people), 1)


def send(cast, *, people=PEOPLE, subject="{收件人}请注意", body="{收件人}：\n见附件。", expected="2-2-0-0", key="abcdefghjk", **ways):
    letter = Letter(to(people), subject, body, **ways)
    return send_broadcast(edition=cast.edition, key=key, letter=letter, expected=expected, actor=cast.organiser, at=AT)


def test_everybody_gets_one_and_what_was_written_is_kept(cast):
    sent = send(cast)

    rows = Message.objects.order_by("pk")
    assert [(one.recipient, one.subject) for one in rows] == [
        ("a@example.invalid", "甲公司请注意"),
        ("b@example.invalid", "乙{收件人}请注意"),
    ]
    assert rows[0].body.startswith("甲公司：\n见附件。\n\n--\n")
    assert (sent.count, sent.audience_words, sent.body) == (2, "试一试", "{收件人}：\n见附件。")
    assert AuditEntry.objects.get(verb="core.broadcast.sent").edition == cast.edition.slug
    assert reach(to(), cast.edition, by_mail=True, by_sms=False).unreached == 1


def test_the_same_preview_sent_twice_is_sent_once(cast):
    assert send(cast).pk == send(cast, expected="99-0-0-0").pk
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"expected": "3-3-0-0"}, AudienceChanged),
        ({"people": [Recipient("丙公司", "")], "expected": "0-0-0-0"}, NobodyThere),
        ({"body": "{密码}"}, UnknownPlaceholder),
        ({"by_sms": True}, NoShortMessages),
        ({"subject": "{{ settings.SECRET_KEY }}{x}"}, UnknownPlaceholder),
    ],
)
def test_a_refused_broadcast_sends_nothing(cast, changes, fault):
    with pytest.raises(fault):
        send(cast, **changes)

    assert not Broadcast.objects.exists()
    assert not Message.objects.exists()
    assert not AuditEntry.objects.exists()


MIXED = [
    Recipient("甲公司", "a@example.invalid", "+8613800000001"),
    Recipient("甲公司", "", "+8613800000002", has_account=True),
    Recipient("乙公司", "", "+8613800000001"),
    Recipient("丙公司", "c@example.invalid", has_account=True),
    Recipient("丁公司", ""),
]


def test_each_gets_it_by_the_ways_there_are_and_once_by_each(cast, settings):
    settings.SMS_ACCESS_KEY, settings.SMS_ACCESS_SECRET, settings.SMS_SIGN_NAME = "k", "s", "江高赛"
    settings.SMS_TEMPLATES = {"sms_broadcast": "SMS_1"}

    sent = send(cast, people=MIXED, by_sms=True, expected="4-2-1-2")

    found = {(one.channel, one.recipient): one for one in Message.objects.all()}
    assert sorted(found) == [
        ("mail", "a@example.invalid"), ("mail", "c@example.invalid"), ("site", "+8613800000002"),
        ("sms", "+8613800000001"), ("sms", "+8613800000002"),
    ]  # fmt: skip
    assert (sent.count, sent.by_mail, sent.by_sms) == (4, True, True)
    assert found["site", "+8613800000002"].state == Message.State.SENT
    text = found["sms", "+8613800000001"]
    assert text.state == Message.State.QUEUED and text.params == {"edition": cast.edition.short_name, "subject": "甲公司请注意"}
    assert "“甲公司请注意”" in text.body and "见附件" not in text.body
    assert [one.channel for one in inbox(["+8613800000002"])] == ["site"]  # the short message is no second one


def test_without_mail_it_is_on_the_site_for_every_account_and_nobody_else(cast):
    found = reach(to(MIXED), cast.edition, by_mail=False, by_sms=False)

    assert sorted(found.posts) == [("site", "+8613800000002"), ("site", "c@example.invalid")]
    assert (found.figures, found.unreached) == ("2-0-2-0", 2)  # 乙 and 丁; of 甲 somebody has an account
