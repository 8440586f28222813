"""Voting by WeChat: from the ballot to WeChat and back, one person one tag, and every way to cheat with state and code refused."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from competitions.models import Edition
from core import clock, memory
from tests.core.wechat_fake import FakeWeChat, fake_wechat
from tests.factories import moments
from tests.voting.ballots import build_vote
from tests.voting.views.test_vote_pages import cast, known_client, proof
from voting.models import Ballot, VoterIdentity
from voting.views.device import COOKIES, WECHAT

__all__ = ["fake_wechat"]
pytestmark = pytest.mark.django_db
NOW = moments.DURING_VOTE
IN_WECHAT = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"}
PERSON = "oAbCdEfGhIjKlMnOpQrSt-_1234"


@pytest.fixture(autouse=True)
def _scene(settings, fake_wechat: FakeWeChat):
    settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = fake_wechat.app_id, fake_wechat.secret
    settings.WECHAT_API_URL = fake_wechat.url
    with clock.rehearse(NOW):
        yield


def vote_by(identity: str, **more: object) -> Edition:
    edition = build_vote(opened=True)
    round_ = edition.rounds.get(kind="public_vote")
    round_.rules = {**round_.rules, "identity": identity, **more}
    round_.save()
    memory.forget_everything()
    return edition


def state_of(client: Client, edition: Edition, *numbers: int) -> str:
    answer = client.get(f"/{edition.slug}/vote/wechat/", {"e": numbers}, **IN_WECHAT)
    assert answer.status_code == 302 and answer.url.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    query = parse_qs(urlsplit(answer.url).query)
    assert query["scope"] == ["snsapi_base"]
    assert query["redirect_uri"] == [f"http://testserver/{edition.slug}/vote/wechat/return/"]
    return query["state"][0]


def come_back(client: Client, edition: Edition, code: str, state: str):
    return client.get(f"/{edition.slug}/vote/wechat/return/", {"code": code, "state": state}, **IN_WECHAT)


def test_inside_wechat_the_page_goes_there_and_comes_back_to_the_choice(client: Client, fake_wechat: FakeWeChat) -> None:
    edition = vote_by("wechat")
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2&e=1", **IN_WECHAT)
    assert page.url == f"/{edition.slug}/vote/wechat/?e=2&e=1"
    state = state_of(client, edition, 2, 1)
    back = come_back(client, edition, fake_wechat.new_code(PERSON), state)
    assert back.url == f"/{edition.slug}/vote/confirm/?e=2&e=1"
    assert back.cookies[COOKIES[WECHAT]]["httponly"] and PERSON not in str(back.cookies)
    assert "提交 2 票" in client.get(back.url, **IN_WECHAT).content.decode()
    assert cast(client, edition, 2, 1).status_code == 302
    assert set(Ballot.objects.values_list("identity_level", flat=True)) == {1}
    bound = VoterIdentity.objects.get()
    assert bound.voter_tag == Ballot.objects.first().voter_tag and PERSON not in bound.identity


def test_one_person_on_two_phones_is_one_voter(fake_wechat: FakeWeChat) -> None:
    edition = vote_by("wechat")
    answers = []
    for _ in range(2):
        client = Client()
        come_back(client, edition, fake_wechat.new_code(PERSON), state_of(client, edition, 1))
        answers.append(cast(client, edition, 1).status_code)
    assert answers == [302, 409]
    assert (Ballot.objects.count(), VoterIdentity.objects.count()) == (1, 1)


def test_a_state_of_another_browser_an_old_and_a_used_one_are_refused(fake_wechat: FakeWeChat) -> None:
    edition, mine, other = vote_by("wechat"), Client(), Client()
    state = state_of(mine, edition, 1)
    assert "不是从本机" in come_back(other, edition, fake_wechat.new_code(PERSON), state).content.decode()
    state_of(other, edition, 1)
    assert "与本页不符" in come_back(other, edition, fake_wechat.new_code(PERSON), state).content.decode()
    with clock.rehearse(NOW + timedelta(minutes=10)):
        assert "已过期" in come_back(mine, edition, fake_wechat.new_code(PERSON), state).content.decode()
    kept = mine.cookies["jgs_wechat_state"].value
    assert come_back(mine, edition, fake_wechat.new_code(PERSON), state).status_code == 302
    mine.cookies["jgs_wechat_state"] = kept
    assert "已使用过" in come_back(mine, edition, fake_wechat.new_code(PERSON), state).content.decode()


def test_a_code_is_good_once_and_a_fault_of_wechat_keeps_the_choice(client: Client, fake_wechat: FakeWeChat) -> None:
    edition, code = vote_by("wechat"), fake_wechat.new_code(PERSON)
    assert come_back(client, edition, code, state_of(client, edition, 1)).status_code == 302
    again = Client()
    page = come_back(again, edition, code, state_of(again, edition, 3)).content.decode()
    assert "已使用过" in page and ">003<" in page
    fake_wechat.fault = "500"
    page = come_back(again, edition, "another", state_of(again, edition, 3)).content.decode()
    assert "暂时连不上微信" in page and ">003<" in page
    assert "没有返回授权码" in come_back(again, edition, "", state_of(again, edition, 3)).content.decode()


def test_outside_wechat_a_browser_counts_only_where_the_edition_says_so(client: Client) -> None:
    strict = vote_by("wechat")
    page = client.get(f"/{strict.slug}/vote/confirm/?e=1").content.decode()
    assert "请在微信中投票" in page and "提交 1 票" not in page
    assert cast(known_client(strict), strict, 1).status_code == 403
    open_to_all = vote_by("wechat", browsers=True)
    assert cast(Client(), open_to_all, 1, altcha=proof(open_to_all)).status_code == 302
    inside = known_client(open_to_all).post(
        f"/{open_to_all.slug}/vote/cast/", {"e": "1"}, HTTP_SEC_FETCH_SITE="same-origin", **IN_WECHAT
    )
    assert inside.status_code == 403
    assert set(Ballot.objects.values_list("identity_level", flat=True)) == {0}


def test_an_edition_of_devices_has_no_wechat_pages(client: Client) -> None:
    edition = vote_by("device")
    for page in ("wechat/", "wechat/return/?code=x&state=y", "wechat/sandbox/"):
        assert client.get(f"/{edition.slug}/vote/{page}").status_code == 404


def test_the_sandbox_stands_in_on_a_developer_s_machine_only(client: Client, settings) -> None:
    edition = vote_by("wechat")
    settings.WECHAT_APP_ID = ""
    assert client.get(f"/{edition.slug}/vote/wechat/").status_code == 404
    settings.DEBUG = True
    page = client.get(client.get(f"/{edition.slug}/vote/wechat/?e=1").url).content.decode()
    link = page.split('class="btn btn-outline-primary btn-lg" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(link).url == f"/{edition.slug}/vote/confirm/?e=1"
    assert cast(client, edition, 1).status_code == 302
    settings.DEBUG = False
    assert client.get(f"/{edition.slug}/vote/wechat/sandbox/").status_code == 404
