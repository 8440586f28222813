"""How somebody new is let in: the picture, the waiting form, a proof whose answer got lost; tokens that are old, foreign or retired."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from competitions.models import Edition, EditionPage
from core import clock, memory
from tests.factories import moments
from tests.voting.ballots import build_vote
from tests.voting.views.test_vote_pages import cast, known_client, proof
from voting.models import Ballot, BallotEvidence
from voting.views import device
from voting.views import proof as proofs
from voting.views.device import COOKIE, COOKIES, WECHAT, key_ring

pytestmark = pytest.mark.django_db
NOW = moments.DURING_VOTE


@pytest.fixture(autouse=True)
def _during_the_vote():
    with clock.rehearse(NOW):
        yield


def picture_of(client: Client, edition: Edition) -> tuple[str, str]:
    """The key and the answer of the picture the page shows."""
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2&by=image").content.decode()
    key = re.search(r'name="image_key" value="([0-9a-f]{40})"', page)[1]
    return key, CaptchaStore.objects.get(hashkey=key).response


def test_a_browser_that_sends_no_proof_gets_a_picture_and_votes_by_it(client: Client) -> None:
    edition = build_vote()
    page = cast(client, edition, 2).content.decode()
    assert "还没有完成人机验证" in page and 'name="image_key"' in page
    key, answer = picture_of(client, edition)
    picture = client.get(f"/{edition.slug}/vote/challenge/{key}.png")
    assert (picture.status_code, picture["Content-Type"], picture.content[:4]) == (200, "image/png", b"\x89PNG")
    assert cast(client, edition, 2, image_key=key, image_text=f" {answer.upper()} ").status_code == 302
    assert '"proof":"image"' in BallotEvidence.objects.get().record


def test_a_picture_is_good_for_one_try_and_ten_minutes(client: Client) -> None:
    edition = build_vote()
    key, answer = picture_of(client, edition)
    assert "图片不符" in cast(client, edition, 2, image_key=key, image_text="XXXXX").content.decode()
    assert "图片不符" in cast(client, edition, 2, image_key=key, image_text=answer).content.decode()
    key, answer = picture_of(client, edition)
    with clock.rehearse(NOW + timedelta(minutes=10)):
        assert cast(client, edition, 2, image_key=key, image_text=answer).status_code == 422
    assert not Ballot.objects.exists()


def test_who_cannot_see_the_picture_waits_five_seconds(client: Client) -> None:
    edition = build_vote()
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2&by=plain").content.decode()
    plain = re.search(r'name="plain" value="([^"]+)"', page)[1]
    answer = cast(client, edition, 2, plain=plain).content.decode()
    assert "等待 5 秒" in answer and 'name="plain"' in answer
    with clock.rehearse(NOW + timedelta(seconds=6)):
        assert cast(client, edition, 2, plain=plain).status_code == 302
        assert "已使用过" in cast(Client(), edition, 2, plain=plain).content.decode()
    assert Ballot.objects.count() == 1


def test_the_ways_without_work_have_a_bucket_for_the_edition_and_none_for_an_address(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(proofs, "IMAGES_A_MINUTE", 1)
    edition = build_vote()
    assert client.get(f"/{edition.slug}/vote/confirm/?e=2&by=image").status_code == 200
    assert client.get(f"/{edition.slug}/vote/confirm/?e=2&by=image").status_code == 429
    assert cast(client, edition, 2, altcha=proof(edition)).status_code == 302


@pytest.mark.parametrize("way", ["work", "image"])
def test_the_same_submission_after_a_lost_answer_gets_the_first_receipt_and_the_token(way: str) -> None:
    edition = build_vote()
    form = {"submission": str(uuid4()), "altcha": proof(edition)} if way == "work" else {"submission": str(uuid4())}
    if way == "image":
        form["image_key"], form["image_text"] = picture_of(Client(), edition)
    one, two = cast(Client(), edition, 2, **form), cast(Client(), edition, 2, **form)
    assert (one.status_code, one.url) == (two.status_code, two.url)
    ids = {device.read(key_ring(edition.slug), answer.cookies[COOKIE].value, NOW).token_id for answer in (one, two)}
    assert (len(ids), Ballot.objects.count()) == (1, 1)
    assert cast(Client(), edition, 2, **{**form, "submission": str(uuid4())}).status_code == 422
    assert Ballot.objects.count() == 1


def test_the_versions_of_rules_and_privacy_notice_stay_with_the_ballot(client: Client) -> None:
    edition = build_vote()
    for kind, version in (("rules", 1), ("rules", 2), ("privacy", 1)):
        pages = EditionPage.objects.filter(edition=edition, kind=kind, version=version)
        if not pages.exists():
            EditionPage.objects.create(
                edition=edition, kind=kind, version=version, body="x", published_at=NOW, written_by=edition.created_by
            )
    memory.forget_everything()
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2").content.decode()
    assert "投票规则（第 2 版）" in page and "个人信息保护告知（第 1 版）" in page
    cast(client, edition, 2, altcha=proof(edition))
    record = BallotEvidence.objects.get().record
    assert '"privacy":1' in record and '"rules":2' in record


class TestRotation:
    """A token of a retired key is good for 30 days after the retirement, and is renewed as the same voter."""

    OLD = "an older secret key"

    def client_with_old_token(self, edition: Edition, settings) -> Client:
        now, settings.SECRET_KEY = settings.SECRET_KEY, self.OLD
        client = known_client(edition, NOW - timedelta(days=2))
        settings.SECRET_KEY = now
        return client

    def test_it_is_renewed_as_the_same_voter(self, settings) -> None:
        edition = build_vote()
        client = self.client_with_old_token(edition, settings)
        settings.RETIRED_SECRET_KEYS = [(self.OLD, NOW - timedelta(days=1))]
        answer = cast(client, edition, 1)
        token = device.read(key_ring(edition.slug), answer.cookies[COOKIE].value, NOW)
        assert token.key_id == key_ring(edition.slug).current.key_id
        assert cast(client, edition, 1).status_code == 409
        assert Ballot.objects.count() == 1

    def test_beyond_the_grace_it_is_worth_nothing(self, settings) -> None:
        edition = build_vote()
        client = self.client_with_old_token(edition, settings)
        settings.RETIRED_SECRET_KEYS = [(self.OLD, NOW - timedelta(days=30))]
        assert cast(client, edition, 1).status_code == 403
        settings.RETIRED_SECRET_KEYS = []
        assert cast(client, edition, 1).status_code == 403
        assert not Ballot.objects.exists()


def test_a_device_token_is_no_token_of_another_step(settings) -> None:
    """Neither a device's token in the cookie of WeChat, nor the tag of somebody else from the public ledger."""
    edition = build_vote()
    rules = edition.rounds.get(kind="public_vote")
    rules.rules = {**rules.rules, "identity": "wechat"}
    rules.save()
    memory.forget_everything()
    client = known_client(edition)
    client.cookies[COOKIES[WECHAT]] = client.cookies[COOKIE].value
    assert cast(client, edition, 1).status_code == 403
    assert not Ballot.objects.exists()
