"""Claiming, pausing and giving up: the same for messages and for webhooks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.models import Message, Webhook, WebhookDelivery
from core.retries import FAILED, QUEUED, SENT, Retries
from tests.factories import moments

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
RETRIES = Retries(lease=timedelta(minutes=2), first_pause=timedelta(seconds=30), most=3, swept=2)


def message(number: int = 1) -> Message:
    return Message.objects.create(channel="mail", recipient=f"{number}@example.invalid", body="b", queued_at=AT, due_at=AT)


def delivery() -> WebhookDelivery:
    hook = Webhook.objects.create(edition="jgs2026", url="https://example.invalid/", wrapped_secret="x", created_at=AT, created_by="江晓")
    return WebhookDelivery.objects.create(webhook=hook, event="ping", body="{}", queued_at=AT, due_at=AT)


@pytest.mark.parametrize("make", [message, delivery])
def test_both_kinds_of_rows_have_the_same_states_and_columns(make) -> None:
    row = make()
    assert [state.value for state in type(row).State] == [QUEUED, SENT, FAILED]
    assert RETRIES.claim(row, AT) is row
    RETRIES.note_sent(row, AT)
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts, row.last_error) == (SENT, AT, 1, "")


def test_of_two_who_read_the_row_one_may_try() -> None:
    first = message()
    second = Message.objects.get(pk=first.pk)
    assert RETRIES.claim(first, AT) is first
    assert RETRIES.claim(second, AT) is None  # it still looks due to the second
    first.refresh_from_db()
    assert (first.attempts, first.due_at) == (1, AT + RETRIES.lease)


def test_a_try_whose_process_died_is_made_again_after_the_lease() -> None:
    row = message()
    RETRIES.claim(row, AT)
    assert RETRIES.claim(row, AT + RETRIES.lease - timedelta(seconds=1)) is None
    assert RETRIES.claim(row, AT + RETRIES.lease) is row and row.attempts == 2


def test_pauses_double_and_end() -> None:
    row, at, pauses = message(), AT, []
    while row.state == QUEUED:
        assert RETRIES.claim(row, at) is row
        RETRIES.note_fault(row, "忙" * 400, at)
        pauses.append(row.due_at - at)
        at = row.due_at
    assert pauses == [timedelta(seconds=seconds) for seconds in (30, 60, 120)]
    row.refresh_from_db()
    assert (row.state, row.attempts, len(row.last_error)) == (FAILED, 3, 300)
    assert RETRIES.claim(row, at + timedelta(days=1)) is None


def test_what_no_try_can_help_is_given_up_at_once() -> None:
    row = message()
    RETRIES.claim(row, AT)
    RETRIES.note_fault(row, "没有这个号码", AT, is_hopeless=True)
    assert (row.state, row.attempts) == (FAILED, 1)


def test_a_sweep_takes_the_oldest_that_are_due() -> None:
    rows = [message(number) for number in range(3)]
    Message.objects.filter(pk=rows[0].pk).update(due_at=AT + timedelta(hours=1))
    Message.objects.filter(pk=rows[2].pk).update(due_at=AT - timedelta(hours=1))
    assert RETRIES.waiting(Message, AT) == [rows[2].pk, rows[1].pk]
    assert RETRIES.waiting(Message, AT + timedelta(hours=2)) == [rows[2].pk, rows[1].pk]
