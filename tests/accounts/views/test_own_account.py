from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from tests.accounts.mailbox import last_code
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client: Client) -> User:
    """Signed in the real way, so that the session remembers how."""
    made = UserFactory(email="ding@example.com", name="丁工")
    client.post("/accounts/login/?by=password", {"login": "ding@example.com", "password": PASSWORD})
    return made


def test_rename(client: Client, user: User) -> None:
    assert client.post("/my/profile/", {"name": "丁一"}).url == "/my/profile/"
    user.refresh_from_db()
    assert user.name == "丁一"
    assert AuditEntry.objects.latest("pk").verb == "accounts.user.renamed"


def test_empty_name_is_refused(client: Client, user: User) -> None:
    assert "姓名还没有填写" in client.post("/my/profile/", {"name": " "}).content.decode()
    user.refresh_from_db()
    assert user.name == "丁工"


def test_change_email_takes_effect_with_the_code(client: Client, user: User) -> None:
    response = client.post("/accounts/email/", {"email": "New@Example.com", "action_add": "1"})
    assert response.url == reverse("account_email_verification_sent")
    user.refresh_from_db()
    assert user.email == "ding@example.com"
    assert client.post(response.url, {"code": last_code("new@example.com")}).url == "/my/profile/"
    user.refresh_from_db()
    assert (user.email, user.email_verified) == ("new@example.com", True)
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [("new@example.com", True, True)]


def test_an_address_of_somebody_else_is_refused_after_the_code(client: Client, user: User) -> None:
    UserFactory(email="other@example.com")
    url = client.post("/accounts/email/", {"email": "other@example.com", "action_add": "1"}).url
    page = client.post(url, {"code": last_code("other@example.com")})
    assert "已用于另一个账户" in page.content.decode()
    user.refresh_from_db()
    assert user.email == "ding@example.com"


def test_an_address_cannot_be_removed(client: Client, user: User) -> None:
    client.post("/accounts/email/", {"email": "ding@example.com", "action_remove": "1"})
    user.refresh_from_db()
    assert user.email == "ding@example.com"
    assert user.emailaddress_set.count() == 1


def test_add_mobile(client: Client, user: User) -> None:
    response = client.post("/accounts/phone/", {"phone": "138 0013 8000"})
    assert response.url == reverse("account_verify_phone")
    user.refresh_from_db()
    assert user.mobile is None
    assert client.get(response.url).status_code == 200
    client.post(response.url, {"code": last_code("+8613800138000")})
    user.refresh_from_db()
    assert (user.mobile, user.mobile_verified) == ("+8613800138000", True)


def test_change_password(client: Client, user: User) -> None:
    data = {"oldpassword": PASSWORD, "password1": "another-one-27", "password2": "another-one-27"}
    assert client.post("/accounts/password/change/", {**data, "password2": "different-one"}).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.post("/accounts/password/change/", data).url == "/my/profile/"
    user.refresh_from_db()
    assert user.check_password("another-one-27")


def test_set_a_first_password(client: Client) -> None:
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert client.get("/accounts/password/change/").url == "/accounts/password/set/"
    page = client.post("/accounts/password/set/", {"password1": "1234567890", "password2": "1234567890"})
    assert page.status_code == 200
    client.post("/accounts/password/set/", {"password1": "another-one-27", "password2": "another-one-27"})
    user.refresh_from_db()
    assert user.check_password("another-one-27")


def test_reset_password_by_code(client: Client) -> None:
    user = UserFactory(email="ding@example.com")
    url = client.post("/accounts/password/reset/", {"email": "DING@example.com"}).url
    assert client.get(url).status_code == 200
    url = client.post(url, {"code": last_code("ding@example.com")}).url
    assert client.get(url).status_code == 200
    url = client.post(url, {"password1": "another-one-27", "password2": "another-one-27"}).url
    assert "密码已更换" in client.get(url).content.decode()
    user.refresh_from_db()
    assert user.check_password("another-one-27")


def test_reset_for_an_unknown_address_looks_the_same(client: Client) -> None:
    url = client.post("/accounts/password/reset/", {"email": "nobody@example.com"}).url
    assert url == reverse("account_confirm_password_reset_code")
    assert client.get(url).status_code == 200


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_two_step_sign_in(client: Client, user: User) -> None:
    assert "未开启" in client.get("/accounts/2fa/").content.decode()
    url = reverse("mfa_activate_totp")
    response = client.get(client.post(client.get(url).url, {"password": PASSWORD}).url)  # asked for once more
    secret = re.search(r'text-break">([A-Z2-7]+)<', response.content.decode()).group(1)
    response = client.post(url, {"code": totp(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    page = client.get(response.url).content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", page)
    assert len(codes) == 10
    assert "已开启" in client.get("/accounts/2fa/").content.decode()
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()  # shown once
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200

    other = Client()
    response = other.post("/accounts/login/?by=password", {"login": "ding@example.com", "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert other.get(response.url).status_code == 200
    assert "动态码或备用码不对" in other.post(response.url, {"code": "00000000"}).content.decode()
    assert "_auth_user_id" not in other.session
    assert other.post(response.url, {"code": codes[0]}).url == "/my/"

    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert "未开启" in client.get("/accounts/2fa/").content.decode()


def test_important_steps_ask_for_the_password_again(client: Client, user: User) -> None:
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith("/accounts/reauthenticate/?next=")
    assert "密码不对" in client.post(response.url, {"password": "wrong"}).content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.post(response.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
