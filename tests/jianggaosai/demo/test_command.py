"""The command around the demo world."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from core.outbox.deliver import deliver_message
from core.outbox.models import Message
from jianggaosai.management.commands.demo import nothing_leaves
from tests.factories import moments

AT = moments.SET_UP


@pytest.mark.django_db
def test_no_mail_of_the_demo_goes_out_or_is_left_for_the_worker(settings: Settings, mailoutbox: list) -> None:
    settings.OUTBOX_RATES = {"mail": 1}
    letters = [
        Message.objects.create(channel="mail", recipient="a@example.invalid", subject="s", body="b", queued_at=AT, due_at=AT)
        for _ in range(3)
    ]

    with nothing_leaves():
        for letter in letters:
            deliver_message(message_id=letter.pk, at=AT)

    assert not Message.objects.exclude(state=Message.State.SENT).exists()
    assert mailoutbox == []
    assert settings.OUTBOX_RATES == {"mail": 1}
