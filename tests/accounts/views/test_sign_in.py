from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry, Message
from jianggaosai.settings import people
from tests.accounts.mailbox import last_code, last_message
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.competitions import build_edition

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


@pytest.mark.parametrize(
    ("typed", "recipient"), [("DING@example.com ", "ding@example.com"), ("138-0013-8000", "+8613800138000")]
)
def test_by_code(client: Client, typed: str, recipient: str) -> None:
    user = UserFactory(email="ding@example.com", mobile="+8613800138000", mobile_verified=True)
    response = client.post(SIGN_IN, {"login": typed})
    assert response.url == reverse("account_confirm_login_code")
    assert recipient.removeprefix("+86") in client.get(response.url).content.decode()
    response = client.post(response.url, {"code": last_code(recipient)})
    assert response.url == "/my/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert AuditEntry.objects.get().verb == "accounts.user.signed-in"


@pytest.mark.parametrize("typed", ["ding@example.com", "13800138000"])
def test_by_password(client: Client, typed: str) -> None:
    UserFactory(email="ding@example.com", mobile="+8613800138000", mobile_verified=True)
    response = client.post(SIGN_IN + "?by=password", {"login": typed, "password": PASSWORD})
    assert response.url == "/my/"
    assert client.session.get_expiry_age() == 12 * 3600


def test_wrong_password_is_refused(client: Client) -> None:
    UserFactory(email="ding@example.com")
    response = client.post(SIGN_IN + "?by=password", {"login": "ding@example.com", "password": "wrong"})
    assert "邮箱或密码不对" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_shut_the_door_for_a_while(client: Client, settings) -> None:
    """Also for the right one; another account is not shut out. The limits are the platform's own."""
    settings.ACCOUNT_RATE_LIMITS = people.ACCOUNT_RATE_LIMITS
    UserFactory(email="ding@example.com")
    UserFactory(email="li@example.com")
    for _ in range(5):
        client.post(SIGN_IN + "?by=password", {"login": "ding@example.com", "password": "wrong"})
    answer = client.post(SIGN_IN + "?by=password", {"login": "ding@example.com", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "尝试次数太多，请过 5 分钟再试" in answer.content.decode()
    assert client.post(SIGN_IN + "?by=password", {"login": "li@example.com", "password": PASSWORD}).url == "/my/"


def test_an_unknown_address_looks_the_same_and_gets_a_hint(client: Client) -> None:
    response = client.post(SIGN_IN, {"login": "nobody@example.com"})
    assert response.url == reverse("account_confirm_login_code")
    assert client.get(response.url).status_code == 200
    assert "还没有注册" in last_message("nobody@example.com").subject
    response = client.post(SIGN_IN, {"login": "13900139000"}, follow=False)
    assert response.url == reverse("account_confirm_login_code")


def test_an_unknown_mobile_gets_a_hint_by_sms(client: Client) -> None:
    client.post(SIGN_IN, {"login": "13900139000"})
    message = last_message("+8613900139000")
    assert message.channel == Message.Channel.SMS
    assert "还没有在江高赛注册" in message.body


def test_unreadable_identity_names_the_fault(client: Client) -> None:
    response = client.post(SIGN_IN, {"login": "0750-3272266"})
    assert "固定电话" in response.content.decode()
    assert not Message.objects.exists()


def test_unconfirmed_address_is_confirmed_by_the_code(client: Client) -> None:
    user = UserFactory(email="ding@example.com", email_verified=False)
    client.post(SIGN_IN + "?by=password", {"login": "ding@example.com", "password": PASSWORD})
    assert client.get("/my/").status_code == 302
    client.post(reverse("account_email_verification_sent"), {"code": last_code("ding@example.com")})
    assert client.get("/my/").status_code == 200
    user.refresh_from_db()
    assert user.email_verified is True


def test_tabs_keep_where_to_go_next(client: Client) -> None:
    page = client.get(SIGN_IN + "?next=/my/profile/").content.decode()
    assert "?by=password&amp;next=/my/profile/" in page


def test_demo_account_by_password_works_only_while_debugging(client: Client, settings) -> None:
    UserFactory(email="demo@example.invalid", is_demo=True)
    data = {"login": "demo@example.invalid", "password": PASSWORD}
    client.post(SIGN_IN + "?by=password", data)
    assert "_auth_user_id" not in client.session
    settings.DEBUG = True
    assert client.post(SIGN_IN + "?by=password", data).url == "/my/"


def test_demo_account_by_code_is_refused(client: Client) -> None:
    UserFactory(email="demo@example.invalid", is_demo=True)
    url = client.post(SIGN_IN, {"login": "demo@example.invalid"}).url
    assert client.post(url, {"code": last_code("demo@example.invalid")}).url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_demo_session_ends_when_debugging_ends(client: Client, settings) -> None:
    settings.DEBUG = True
    client.force_login(UserFactory(is_demo=True), backend="accounts.backends.PasswordBackend")
    assert client.get("/my/").status_code == 200
    settings.DEBUG = False
    assert client.get("/my/").status_code == 302


def test_sign_out_asks_then_ends(client: Client) -> None:
    client.force_login(UserFactory())
    assert "退出登录" in client.get("/accounts/logout/").content.decode()
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_createsuperuser_makes_somebody_who_can_sign_in(client: Client, monkeypatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Example.com", interactive=False, verbosity=0)
    user = User.objects.get()
    assert (user.email, user.is_superuser, user.email_verified) == ("root@example.com", True, True)
    response = client.post(SIGN_IN + "?by=password", {"login": "root@example.com", "password": PASSWORD})
    assert response.url == "/my/"


def test_the_sign_in_page_has_the_menu_and_the_footer_of_every_page(client: Client) -> None:
    edition = build_edition()
    html = client.get(reverse("account_login")).content.decode()
    for name in ("competitions:edition-home", "competitions:edition-rules", "competitions:edition-privacy"):
        assert f'href="{reverse(name, args=[edition.slug])}"' in html
