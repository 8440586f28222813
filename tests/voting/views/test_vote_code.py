"""Voting by a code sent to a mobile phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from competitions.models import Edition
from core import clock, memory
from core.models import Message
from tests.factories import moments
from tests.voting.ballots import build_vote
from tests.voting.views.test_vote_pages import OURS, cast, known_client, proof
from voting.models import Ballot, VoterIdentity

pytestmark = pytest.mark.django_db
NOW = moments.DURING_VOTE


@pytest.fixture(autouse=True)
def _during_the_vote():
    with clock.rehearse(NOW):
        yield


@pytest.fixture
def edition() -> Edition:
    edition = build_vote()
    round_ = edition.rounds.get(kind="public_vote")
    round_.rules = {**round_.rules, "identity": "sms"}
    round_.save()
    memory.forget_everything()
    return edition


def ask(client: Client, edition: Edition, mobile: str, *numbers: int, **form: object):
    data = {"e": [str(n) for n in numbers or (1,)], "mobile": mobile, "altcha": proof(edition), **form}
    return client.post(f"/{edition.slug}/vote/code/", data, **OURS)


def ticket_and_code(answer) -> dict[str, str]:
    ticket = re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())[1]
    return {"ticket": ticket, "code": re.search(r"\b\d{6}\b", Message.objects.latest("pk").body)[0]}


def test_a_number_gets_a_code_and_votes_with_it(client: Client, edition: Edition) -> None:
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2").content.decode()
    assert "手机号" in page and "获取验证码" in page and "提交 1 票" not in page
    answer = ask(client, edition, "138 0013 8000", 2)
    assert "已发送到 138****8000" in answer.content.decode()
    assert Message.objects.get().recipient == "+8613800138000"
    done = cast(client, edition, 2, **ticket_and_code(answer))
    assert done.status_code == 302
    assert (Ballot.objects.get().identity_level, VoterIdentity.objects.get().level) == (2, 2)
    assert cast(client, edition, 3).status_code == 302, "the token does for the next ballot"


@pytest.mark.parametrize("typed", ["+86 138-0013-8000", "１３８００１３８０００", "0086 13800138000"])
def test_one_number_however_typed_is_one_voter(edition: Edition, typed: str) -> None:
    one = Client()
    assert cast(one, edition, 1, **ticket_and_code(ask(one, edition, "13800138000"))).status_code == 302
    with clock.rehearse(NOW + timedelta(minutes=2)):
        memory.forget_everything()
        two, data = Client(), {"e": "1", "mobile": typed, "altcha": proof(edition)}
        answer = two.post(f"/{edition.slug}/vote/code/", data, **OURS)
        assert cast(two, edition, 1, **ticket_and_code(answer)).status_code == 409
    assert Ballot.objects.count() == 1


def test_a_number_that_is_none_is_named_at_its_place(client: Client, edition: Edition) -> None:
    answer = ask(client, edition, "1380013")
    assert answer.status_code == 422 and "手机号码有误" in answer.content.decode() and 'value="1380013"' in answer.content.decode()
    assert not Message.objects.exists()


def test_a_number_gets_one_message_a_minute_and_never_without_a_proof(client: Client, edition: Edition) -> None:
    assert ask(client, edition, "13800138000", altcha="").status_code == 403
    assert ask(client, edition, "13800138000").status_code == 200
    assert ask(Client(), edition, "138 0013 8000").status_code == 429
    used = proof(edition)
    assert ask(client, edition, "13900139000", altcha=used).status_code == 200
    assert "已使用过" in ask(client, edition, "13700137000", altcha=used).content.decode()
    assert Message.objects.count() == 2


def test_wrong_old_spent_and_foreign_codes_are_refused(client: Client, edition: Edition) -> None:
    good = ticket_and_code(ask(client, edition, "13800138000"))
    wrong = {**good, "code": "000000" if good["code"] != "000000" else "000001"}
    page = cast(client, edition, 1, **wrong)
    assert page.status_code == 422 and "验证码不正确" in page.content.decode() and 'name="ticket"' in page.content.decode()
    with clock.rehearse(NOW + timedelta(minutes=10)):
        assert "已过期" in cast(client, edition, 1, **good).content.decode()
    assert cast(client, edition, 1, ticket="x", code="123456").status_code == 422
    for _ in range(4):
        cast(client, edition, 1, **wrong)
    assert "次数太多" in cast(client, edition, 1, **good).content.decode()
    assert not Ballot.objects.exists()


def test_a_used_code_is_good_for_the_same_submission_only(edition: Edition) -> None:
    good = ticket_and_code(ask(Client(), edition, "13800138000"))
    good["submission"] = "7b0d4a1e-6f0e-4a62-9a55-0d4f0a3f7a11"
    one, two = cast(Client(), edition, 1, **good), cast(Client(), edition, 1, **good)
    assert (one.status_code, one.url) == (two.status_code, two.url)
    assert cast(Client(), edition, 2, **{**good, "submission": ""}).status_code == 403
    assert Ballot.objects.count() == 1


def test_a_plain_device_does_not_count_here(edition: Edition) -> None:
    assert cast(known_client(edition), edition, 1).status_code == 422
    assert not Ballot.objects.exists()


def test_an_edition_of_devices_sends_no_codes(client: Client) -> None:
    assert ask(client, build_vote(), "13800138000").status_code == 404
