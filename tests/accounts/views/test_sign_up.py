from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Consent, User
from core.models import AuditEntry, Message
from tests.accounts.mailbox import last_code, last_message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"


def sign_up(client: Client, identity: str, name: str = "丁工", **extra: str):
    return client.post(SIGN_UP, {"name": name, "identity": identity, "consent": "on", **extra})


def test_by_mobile_alone(client: Client) -> None:
    response = sign_up(client, "１３８ 0013 8000")
    assert response.url == reverse("account_verify_phone")
    assert client.get(response.url).status_code == 200
    response = client.post(response.url, {"code": last_code("+8613800138000")})
    assert response.url == "/my/"
    user = User.objects.get()
    assert (user.mobile, user.mobile_verified, user.email, user.name) == ("+8613800138000", True, None, "丁工")
    assert client.get("/my/").status_code == 200


def test_by_email(client: Client) -> None:
    response = sign_up(client, "Ding@Example.COM")
    assert response.url == reverse("account_email_verification_sent")
    assert client.get(response.url).status_code == 200
    assert client.get("/my/").status_code == 302
    response = client.post(response.url, {"code": last_code("ding@example.com")})
    assert response.url == "/my/"
    user = User.objects.get()
    assert (user.email, user.email_verified, user.mobile) == ("ding@example.com", True, None)
    assert user.emailaddress_set.get().verified is True


def test_records_consent_with_its_version_and_the_act(client: Client) -> None:
    sign_up(client, "13800138000")
    consent = Consent.objects.get()
    assert (consent.document, consent.version, consent.user) == ("privacy:platform", 1, User.objects.get())
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"accounts.user.registered", "accounts.consent.given"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "丁工", "identity": "13800138000"}, "请先阅读，同意隐私说明后才能注册。"),
        ({"name": "", "identity": "13800138000", "consent": "on"}, "姓名还没有填写"),
        ({"name": "丁工", "identity": "1380013800", "consent": "on"}, "手机号应为 11 位，您输入了 10 位。"),
        ({"name": "丁工", "identity": "", "consent": "on"}, "请填写邮箱或手机号"),
        ({"name": "丁工", "identity": "ding@", "consent": "on"}, "@ 之后应为完整的邮箱域名"),
    ],
)
def test_refuses_and_makes_nothing(client: Client, data: dict[str, str], sentence: str) -> None:
    response = client.post(SIGN_UP, data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not User.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("identity", ["taken@example.com", "13800138000"])
def test_does_not_tell_a_visitor_that_an_account_exists(client: Client, identity: str) -> None:
    UserFactory(email="taken@example.com", mobile="+8613800138000", mobile_verified=True)
    fresh = sign_up(Client(), "new@example.com" if "@" in identity else "13900139000")
    taken = sign_up(client, identity)
    assert taken.url == fresh.url
    assert client.get(taken.url).status_code == 200
    assert User.objects.filter(name="丁工").count() == 1  # only the fresh one
    message = last_message("taken@example.com" if "@" in identity else "+8613800138000")
    assert "已" in message.subject
    assert "登录" in message.body
    assert client.post(taken.url, {"code": "000000"}).status_code == 200
    assert client.get("/my/").status_code == 302


def test_an_unfinished_registration_makes_way(client: Client) -> None:
    sign_up(Client(), "13800138000", name="抢注")
    response = sign_up(client, "13800138000", name="丁工")
    client.post(response.url, {"code": last_code("+8613800138000")})
    assert User.objects.get().name == "丁工"


def test_code_is_sent_again_and_only_the_last_counts(client: Client) -> None:
    url = sign_up(client, "ding@example.com").url
    first = last_code("ding@example.com")
    assert client.post(url, {"action": "resend"}).url == url
    second = last_code("ding@example.com")
    if first != second:
        assert client.post(url, {"code": first}).status_code == 200
    assert client.post(url, {"code": second}).url == "/my/"


def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    url = sign_up(client, "13800138000").url
    right = last_code("+8613800138000")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post(url, {"code": wrong})
    assert client.post(url, {"code": right}).url == "/accounts/login/"
    assert client.get("/my/").status_code == 302
    assert User.objects.get().mobile_verified is False


def test_goes_on_to_where_the_visitor_came_from(client: Client) -> None:
    response = client.post(
        SIGN_UP + "?next=/my/organisations/new/", {"name": "丁工", "identity": "13800138000", "consent": "on"}
    )
    assert client.post(response.url, {"code": last_code("+8613800138000")}).url == "/my/organisations/new/"


def test_mobile_rate_limit_is_a_page_not_a_fault(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"verify_phone": "1/30s/key"}
    sign_up(Client(), "13800138000")
    response = sign_up(client, "13800138000")
    assert response.status_code == 429
    assert "操作太频繁" in response.content.decode()
