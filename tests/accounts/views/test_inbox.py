"""A person's messages: theirs by a confirmed address, never a code."""

from __future__ import annotations

import pytest

from accounts.models import User
from core.outbox.models import Message
from tests.factories import moments as m

LIST = "/my/messages/"


def message(recipient: str, **fields: str) -> Message:
    known = {"channel": "mail", "subject": "形式审查通过", "body": "正文 https://example.invalid/x", "kind": "entry_accepted"}
    return Message.objects.create(recipient=recipient, queued_at=m.SET_UP, due_at=m.SET_UP, **known | fields)


@pytest.fixture
def reader(client, cast):
    User.objects.filter(pk=cast.applicant.pk).update(email_verified=True)
    cast.applicant.refresh_from_db()
    client.force_login(cast.applicant)
    return client


def test_what_went_to_a_confirmed_address_is_listed_and_read(reader, cast):
    mine = message(cast.applicant.email)
    message("somebody@example.invalid", subject="别人的")
    message(cast.applicant.email, kind="account_login_code", subject="验证码 123456")

    html = reader.get(LIST).content.decode()
    assert "形式审查通过" in html and "1 条未读" in html
    assert "别人的" not in html and "123456" not in html
    assert reader.get(f"{LIST}unread/").json() == {"unread": 1}

    assert reader.head(f"{LIST}{mine.public_id}/").status_code == 200
    assert reader.get(f"{LIST}unread/").json() == {"unread": 1}
    assert "正文" in reader.get(f"{LIST}{mine.public_id}/").content.decode()
    assert reader.get(f"{LIST}unread/").json() == {"unread": 0}


def test_all_are_marked_read_at_once(reader, cast):
    for _ in range(3):
        message(cast.applicant.email)
    other = message("somebody@example.invalid")

    assert "全部消息已标为已读" in reader.post(f"{LIST}read/", follow=True).content.decode()

    assert reader.get(f"{LIST}unread/").json() == {"unread": 0}
    other.refresh_from_db()
    assert other.read_at is None


def test_an_address_that_is_not_confirmed_shows_nothing(reader, cast):
    mine = message(cast.applicant.email)
    User.objects.filter(pk=cast.applicant.pk).update(email_verified=False)

    assert "还没有消息" in reader.get(LIST).content.decode()
    assert reader.get(f"{LIST}{mine.public_id}/").status_code == 404


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_however_many(reader, cast, items, django_assert_num_queries):
    for _ in range(items):
        message(cast.applicant.email)
    reader.get(LIST)

    with django_assert_num_queries(10):
        reader.get(LIST)
