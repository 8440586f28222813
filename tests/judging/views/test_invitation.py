import pytest

from competitions.models import Role
from core import clock
from core.models import Message
from judging.models import JudgeInvitation, JudgeProfile
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.judging import invited

LIST, LINK = "/org/jgs2026/judges/", "/judge/invitation/a-link/"
ACCOUNT = {"name": "新评", "password": "long-enough-9", "repeat": "long-enough-9", "consent": "on"}
QUERIES = 8


@pytest.fixture(autouse=True)
def _early():
    with clock.rehearse(moments.DURING_REGISTRATION):
        yield


def test_a_pasted_list_is_invited_and_a_wrong_line_named(cast, client):
    client.force_login(cast.organiser)
    good = "张三\tzhang@example.com\n\n李 四，13800138000"
    refused = client.post(LIST, {"people": good + "\n王五 wang@", "kind": "judge"})
    assert refused.status_code == 422 and "第 4 行“wang@”" in refused.content.decode()
    assert "第 2 行" in client.post(LIST, {"people": "张三 z@example.com\nz@example.com", "kind": "judge"}).content.decode()
    assert "重复" in client.post(LIST, {"people": "张三 z@example.com\n李四 Z@example.com", "kind": "judge"}).content.decode()
    assert not JudgeInvitation.objects.exists()
    page = client.post(LIST, {"people": good, "kind": "judge"}, follow=True).content.decode()
    assert "已向 2 位评委发出邀请" in page and "李 四" in page and "13800138000" in page and "待接受" in page
    assert {one.channel for one in Message.objects.all()} == {"mail", "sms"}


def test_resend_and_withdraw_from_the_list(cast, client):
    made = invited(cast, "a-link")
    client.force_login(cast.organiser)
    assert "旧链接已失效" in client.post(f"{LIST}{made.public_id}/resend/", follow=True).content.decode()
    assert client.get(LINK).status_code == 410
    assert "已撤回" in client.post(f"{LIST}{made.public_id}/withdraw/", follow=True).content.decode()
    assert client.post(f"{LIST}{made.public_id}/resend/").status_code == 409


def test_a_newcomer_sets_a_password_and_lands_on_the_profile(cast, client):
    invited(cast, "a-link")
    page = client.get(LINK)
    assert "设置密码" in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    short = client.post(LINK, {**ACCOUNT, "password": "12345", "repeat": "12345"})
    assert short.status_code == 422 and not JudgeProfile.objects.exists()
    assert "不一样" in client.post(LINK, {**ACCOUNT, "repeat": "other"}).content.decode()
    assert client.post(LINK, ACCOUNT).headers["Location"] == "/judge/profile/jgs2026/"
    assert Role.objects.filter(user__email="invited@example.invalid", kind="judge").exists()
    profile = {"kind": "ip", "employer": "五邑大学", "industries": ["materials"], "ipc": "C09D"}
    assert client.post("/judge/profile/jgs2026/", profile).headers["Location"] == "/judge/"
    assert "您还没有评审席位" in client.get("/judge/").content.decode()
    client.logout()
    assert "已经接受过" in client.get(LINK).content.decode()


def test_an_account_is_joined_by_its_owner_only(cast, client):
    invited(cast, "a-link", email="known@example.invalid")
    owner = UserFactory(email="known@example.invalid")
    page = client.get(LINK).content.decode()
    assert "已有账户" in page and 'name="password"' not in page
    assert client.post(LINK, ACCOUNT).status_code == 200
    assert not Role.objects.filter(user=owner).exists()
    client.force_login(owner)
    assert f"以“{owner.name}”的身份接受" in client.get(LINK).content.decode()
    client.post(LINK)
    assert Role.objects.filter(user=owner, kind="judge").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"expires_at": moments.SET_UP}, "已过期"),
        ({"withdrawn_at": moments.SET_UP}, "已由组委会撤回"),
        ({"accepted_at": moments.SET_UP}, "只能使用一次"),
    ],
)
def test_a_dead_link_says_why(cast, client, fields, sentence):
    invited(cast, "a-link", **fields)
    for response in (client.get(LINK), client.post(LINK, ACCOUNT)):
        assert response.status_code == 410 and sentence in response.content.decode()
    assert "没有复制完整" in client.get("/judge/invitation/unknown/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(cast, client, count, django_assert_num_queries):
    for number in range(count):
        invited(cast, f"link-{number}", email=f"n{number}@example.invalid", accepted_at=moments.SET_UP, accepted_by=UserFactory())
    client.force_login(cast.organiser)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
