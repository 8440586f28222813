from __future__ import annotations

import pytest
from django.test import Client

from accounts import home_sections
from core.outbox.send import queue_message
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.debug_urls")]


@pytest.fixture
def debugging(settings) -> None:
    settings.DEBUG = True


def test_lists_demo_accounts_by_what_they_are(client: Client, debugging: None, monkeypatch) -> None:
    organiser = UserFactory(name="江晓", is_demo=True)
    MembershipFactory(user=UserFactory(name="丁工", is_demo=True), organisation__name="示例企业丁")
    UserFactory(name="外人", is_demo=True)
    UserFactory(name="真人")
    monkeypatch.setattr(home_sections, "_labels", [lambda users: {organiser.pk: "组织者"}])
    response = client.get("/dev/")
    assert {label: [user.name for user in users] for label, users in response.context["groups"].items()} == {
        "组织者": ["江晓"],
        "参赛单位": ["丁工"],
        "其他": ["外人"],
    }
    assert "真人" not in response.content.decode()


def test_one_tap_signs_in(client: Client, debugging: None) -> None:
    user = UserFactory(is_demo=True)
    assert client.post(f"/dev/sign-in/{user.public_id}/").url == "/my/"
    assert client.get("/my/").context["user"] == user


def test_real_accounts_are_not_offered(client: Client, debugging: None) -> None:
    user = UserFactory()
    assert client.post(f"/dev/sign-in/{user.public_id}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_signing_in_is_a_post(client: Client, debugging: None) -> None:
    assert client.get(f"/dev/sign-in/{UserFactory(is_demo=True).public_id}/").status_code == 405


def test_shows_the_last_fifty_messages(client: Client, debugging: None) -> None:
    for number in range(51):
        queue_message(
            channel="sms",
            recipient=f"+86138001380{number:02}",
            template="sign_in_code",
            context={"code": f"{number:06}"},
            at=moments.SET_UP,
        )
    response = client.get("/dev/")
    page = response.content.decode()
    assert len(response.context["outbox"]) == 50
    assert "000050 是您的江高赛验证码" in page
    assert "000000 是您的江高赛验证码" not in page


def test_nothing_of_it_exists_on_a_server(client: Client) -> None:
    user = UserFactory(is_demo=True)
    assert client.get("/dev/").status_code == 404
    assert client.post(f"/dev/sign-in/{user.public_id}/").status_code == 404
    assert "_auth_user_id" not in client.session
