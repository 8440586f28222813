from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest

from core.errors import WrongState
from core.outbox import deliver as module
from core.outbox.deliver import RETRIES, deliver_message, resend_message, waiting_messages
from core.outbox.models import Message
from core.tasks import deliver_waiting_messages
from tests.factories import moments

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
STATE = Message.State


def message(**fields) -> Message:
    known = {"channel": "mail", "recipient": "a@example.invalid", "subject": "s", "body": "b", "queued_at": AT, "due_at": AT}
    return Message.objects.create(**known | fields)


@pytest.fixture
def broken_line(monkeypatch):
    def fail(one):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(module, "_transport", fail)


def test_a_mail_goes_out_once(mailoutbox):
    one = message()

    assert deliver_message(message_id=one.pk, at=AT).state == STATE.SENT
    deliver_message(message_id=one.pk, at=AT)

    assert [mail.to for mail in mailoutbox] == [["a@example.invalid"]]


def test_a_dead_mail_server_is_tried_ever_later_and_told(broken_line):
    one, at, waits = message(), AT, []
    for _ in range(6):
        one = deliver_message(message_id=one.pk, at=at)
        waits.append((one.due_at - at) // timedelta(minutes=1))
        assert deliver_message(message_id=one.pk, at=one.due_at - timedelta(seconds=1)).attempts == one.attempts
        at = one.due_at

    assert waits == [1, 2, 4, 8, 16, 32]
    one.refresh_from_db()
    assert (one.state, one.attempts) == (STATE.FAILED, 6)
    assert one.last_error == "连接不上发送服务器（Connection unexpectedly closed）"
    assert waiting_messages(at + timedelta(days=9)) == []


def test_whatever_goes_wrong_ends_in_the_row(monkeypatch):
    def fail(one):
        raise ValueError("bad header")

    monkeypatch.setattr(module, "_transport", fail)

    assert deliver_message(message_id=message().pk, at=AT).last_error == "发送时出错（bad header）"


def test_what_a_lost_job_left_behind_the_sweep_sends(mailoutbox):
    message()  # no job was queued for it

    deliver_waiting_messages()

    assert Message.objects.get().state == STATE.SENT
    assert len(mailoutbox) == 1


def test_a_try_whose_process_died_is_made_again(monkeypatch, mailoutbox):
    def die(one):
        raise KeyboardInterrupt

    one = message()
    with monkeypatch.context() as patch:
        patch.setattr(module, "_transport", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_message(message_id=one.pk, at=AT)
    assert waiting_messages(AT) == []
    assert waiting_messages(AT + RETRIES.lease) == [one.pk]

    deliver_message(message_id=one.pk, at=AT + RETRIES.lease)

    assert len(mailoutbox) == 1
    assert Message.objects.get().attempts == 2


def test_two_workers_do_not_send_the_same_mail(monkeypatch, mailoutbox):
    one = message()
    original = module._has_turn

    def other_worker_first(found, at):
        monkeypatch.setattr(module, "_has_turn", original)
        deliver_message(message_id=found.pk, at=at)
        return True

    monkeypatch.setattr(module, "_has_turn", other_worker_first)
    deliver_message(message_id=one.pk, at=AT)

    assert len(mailoutbox) == 1


def test_a_flood_waits_for_its_turn_and_codes_do_not(settings, mailoutbox):
    settings.OUTBOX_RATES = {"mail": 2}
    flood = [message() for _ in range(3)]

    for one in flood:
        deliver_message(message_id=one.pk, at=AT)
    code = deliver_message(message_id=message(kind="account_login_code").pk, at=AT)

    last = Message.objects.get(pk=flood[-1].pk)
    assert (last.state, last.attempts, last.due_at) == (STATE.QUEUED, 0, AT + timedelta(seconds=30))
    assert code.state == STATE.SENT
    assert deliver_message(message_id=last.pk, at=last.due_at).state == STATE.SENT


def test_a_code_that_is_out_is_not_kept(settings):
    settings.OUTBOX_KEEPS_CODES = False

    code = deliver_message(message_id=message(kind="account_login_code", params={"code": "1"}).pk, at=AT)
    notice = deliver_message(message_id=message(kind="entry_accepted").pk, at=AT)

    assert (code.body, code.params, notice.body) == ("", {}, "b")


def test_only_what_was_given_up_is_sent_again(cast, mailoutbox):
    failed = message(state=STATE.FAILED, attempts=6)

    resend_message(message=failed, actor=cast.organiser, at=AT)
    with pytest.raises(WrongState):
        resend_message(message=failed, actor=cast.organiser, at=AT)

    assert Message.objects.get().attempts == 0
