"""Staff who leave their screen are signed out; experts, applicants and whoever is at work are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE
POLL = {"HTTP_SEC_FETCH_MODE": "cors", "HTTP_ACCEPT": "*/*"}


@pytest.fixture(autouse=True)
def _counted(settings) -> None:
    settings.STAFF_IDLE_MINUTES = 30


def come(client: Client, address: str, minutes: float, **headers: str):
    """Asks for a page so many minutes after AT."""
    with clock.rehearse(AT + timedelta(minutes=minutes)):
        return client.get(address, **headers)


@pytest.fixture
def journal(cast: Cast) -> str:
    return reverse("console:journal", args=[cast.edition.slug])


@pytest.fixture
def organiser(cast: Cast) -> Client:
    client = Client(HTTP_SEC_FETCH_MODE="navigate")
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    return client


def test_staff_who_left_are_signed_out_and_led_back(organiser: Client, journal: str) -> None:
    assert come(organiser, journal, 0).status_code == 200
    assert come(organiser, journal, 29).status_code == 200
    answer = come(organiser, journal + "?page=2", 59)
    assert answer.url == f"/accounts/login/?next={(journal + '?page=2').replace('/', '%2F').replace('?', '%3F').replace('=', '%3D')}"
    assert "_auth_user_id" not in organiser.session
    assert "您已有 30 分钟没有操作，为安全已退出登录。请重新登录，登录后回到刚才的页面。" in organiser.get(answer.url).content.decode()


def test_what_a_page_asks_by_itself_is_nobody(organiser: Client, journal: str) -> None:
    come(organiser, journal, 0)
    for minute in range(1, 30):
        assert come(organiser, "/my/messages/unread/", minute, **POLL).status_code == 200
    assert come(organiser, "/my/messages/unread/", 30, **POLL).status_code == 302
    assert "_auth_user_id" not in organiser.session


def test_a_form_that_is_sent_is_somebody(organiser: Client, journal: str) -> None:
    come(organiser, journal, 0)
    with clock.rehearse(AT + timedelta(minutes=20)):
        organiser.post(reverse("accounts:messages-read"), headers={"Sec-Fetch-Mode": "cors"})
    assert come(organiser, journal, 45).status_code == 200


def test_a_part_of_a_page_leads_back_to_the_page(organiser: Client, journal: str) -> None:
    come(organiser, journal, 0)
    page = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{journal}"}
    answer = come(organiser, journal + "?page=9", 31, **page, **POLL)
    assert answer.headers["HX-Redirect"] == f"/accounts/login/?next={journal.replace('/', '%2F')}"


def test_an_old_browser_that_asks_for_a_page_is_somebody(cast: Cast, journal: str) -> None:
    client = Client(HTTP_ACCEPT="text/html")
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    for minutes in (0, 25, 50):
        assert come(client, journal, minutes).status_code == 200


@pytest.mark.parametrize("who", ["judge", "applicant"])
def test_experts_and_applicants_stay(cast: Cast, who: str) -> None:
    client = Client(HTTP_SEC_FETCH_MODE="navigate")
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    assert come(client, "/my/", 0).status_code == 200
    assert come(client, "/my/", 300).status_code == 200


def test_a_system_administrator_is_staff() -> None:
    client = Client(HTTP_SEC_FETCH_MODE="navigate")
    client.force_login(UserFactory(is_superuser=True), backend="accounts.backends.PasswordBackend")
    come(client, "/my/", 0)
    assert come(client, "/my/", 31).status_code == 302


def test_the_session_is_not_written_with_every_request(organiser: Client, journal: str) -> None:
    come(organiser, journal, 0)
    before = organiser.session["seen"]
    come(organiser, journal, 0.5)
    assert organiser.session["seen"] == before
    come(organiser, journal, 1)
    assert organiser.session["seen"] == before + 60
