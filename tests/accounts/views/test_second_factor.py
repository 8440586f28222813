"""Staff sign in with a second factor: led to set it up, asked for it, and reset by a colleague when it is lost."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from competitions.models import Role
from core.models import AuditEntry
from core.outbox.models import Message
from tests.accounts.factor import code, set_up, sign_in
from tests.arch.routes import paths
from tests.arch.test_audience import audience, bare
from tests.cast import Cast
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.competitions import RoleFactory

pytestmark = pytest.mark.django_db
SET_UP, AGAIN = "/accounts/2fa/totp/activate/", "/accounts/2fa/reauthenticate/"
REASON = "手机遗失，已电话核实本人"


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def led_to(client: Client, address: str) -> str:
    return client.get(address).headers.get("Location", "").partition("?")[0]


def test_an_organiser_sets_it_up_before_anything_else(cast: Cast, client: Client) -> None:
    wanted = reverse("console:journal", args=[cast.edition.slug])
    sign_in(client, cast.organiser)
    assert led_to(client, wanted) == SET_UP
    client.get("/my/messages/unread/", HTTP_ACCEPT="*/*")  # the header's script, on the page they were led to
    client.post(client.get(SET_UP).url, {"password": PASSWORD})
    page = client.get(SET_UP).content.decode()
    assert "工作人员登录须使用两步验证" in page
    secret = re.search(r'text-break">([A-Z2-7]+)<', page)[1]
    codes = client.get(client.post(SET_UP, {"code": code(secret)}).url).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert f'href="{wanted}"' in codes  # back to where they were going
    assert client.get(wanted).status_code == 200  # the code just typed counts
    assert AuditEntry.objects.filter(verb="accounts.secondfactor.enabled", actor=cast.organiser.public_id).count() == 1
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not re.findall(r"<li>\d{8}</li>", again)
    assert "只在生成时显示一次" in again


@pytest.mark.parametrize("kind", [kind for kind in Role.Kind if kind not in ("judge", "chief_judge", "coach")])
def test_every_role_that_works_for_an_edition_needs_one(cast: Cast, client: Client, kind: str) -> None:
    RoleFactory(edition=cast.edition, user=cast.stranger, kind=kind, granted_by=cast.organiser)
    client.force_login(cast.stranger, backend="accounts.backends.PasswordBackend")
    assert led_to(client, "/my/") == SET_UP


@pytest.mark.parametrize("who", ["judge", "chief", "applicant", "stranger"])
def test_experts_and_applicants_do_not(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    assert client.get("/my/").status_code == 200


def test_a_role_that_has_ended_asks_for_none(cast: Cast, client: Client) -> None:
    Role.objects.filter(user=cast.examiner).update(ended_at=cast.edition.roles.first().granted_at, ended_by=cast.organiser)
    client.force_login(cast.examiner, backend="accounts.backends.PasswordBackend")
    assert client.get("/my/").status_code == 200


def test_a_session_without_it_is_asked(cast: Cast, client: Client) -> None:
    """A session from before the authenticator was set up elsewhere, or one made without signing in."""
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    set_up(cast.organiser)
    console = reverse("console:dashboard", args=[cast.edition.slug])
    answer = client.get(console)
    assert answer.url == f"{AGAIN}?next={console.replace('/', '%2F')}"
    assert client.post(answer.url, {"code": "000000"}).status_code == 200
    assert led_to(client, console) == AGAIN
    assert client.post(answer.url, {"code": code()}).url == console
    assert client.get(console).status_code == 200


def test_signing_in_asks_for_it_and_a_recovery_code_works_once(cast: Cast) -> None:
    codes = set_up(cast.organiser)
    client = Client()
    assert sign_in(client, cast.organiser, codes[0]) == "/my/"
    assert client.get("/my/").status_code == 200
    other = Client()
    address = sign_in(other, cast.organiser)
    assert other.post(address, {"code": codes[0]}).status_code == 200
    assert "_auth_user_id" not in other.session
    assert other.post(address, {"code": code()}).url == "/my/"


def test_nothing_is_written_before_it_is_given(cast: Cast, client: Client) -> None:
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    before = Role.objects.count()
    form = {"email": "new@example.com", "name": "新人", "kind": "examiner", "reason": "工作需要"}
    assert client.post(reverse("competitions:role-manage", args=[cast.edition.slug]), form).status_code == 302
    assert Role.objects.count() == before


def test_it_cannot_be_turned_off_by_staff(cast: Cast, client: Client) -> None:
    codes = set_up(cast.organiser)
    sign_in(client, cast.organiser, codes[0])
    client.post(AGAIN, {"code": codes[1]})
    assert "关闭两步验证" not in client.get("/accounts/2fa/").content.decode()
    assert "不能关闭" in client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert Authenticator.objects.filter(user=cast.organiser, type="totp").exists()


def test_turning_it_off_ends_what_was_signed_in_with_it(cast: Cast, client: Client) -> None:
    codes, other = set_up(cast.judge), Client()
    sign_in(other, cast.judge, codes[0])
    sign_in(client, cast.judge, codes[1])
    client.post(AGAIN, {"code": codes[2]})
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/my/").status_code == 200
    assert led_to(other, "/my/") == "/accounts/login/"


def reset_url(cast: Cast, who: User) -> str:
    return reverse("competitions:role-second-factor", args=[cast.edition.slug, who.public_id])


def test_a_colleague_resets_what_is_lost(cast: Cast, client: Client) -> None:
    codes, lost = set_up(cast.organiser), Client()
    set_up(cast.organiser2)
    sign_in(lost, cast.organiser2, code())
    sign_in(client, cast.organiser, codes[0])
    page = client.get(reverse("competitions:role-manage", args=[cast.edition.slug])).content.decode()
    assert (reset_url(cast, cast.organiser2) in page, reset_url(cast, cast.organiser) in page) == (True, False)
    assert "至少 10 个字" in client.post(reset_url(cast, cast.organiser2), {"reason": "丢了"}).content.decode()
    assert client.post(reset_url(cast, cast.organiser2), {"reason": REASON}).status_code == 302
    assert led_to(lost, "/my/") == "/accounts/login/"  # a thief's session ends too
    assert not Authenticator.objects.filter(user=cast.organiser2).exists()
    entry = AuditEntry.objects.get(verb="accounts.secondfactor.reset")
    assert (entry.actor, entry.edition, entry.detail.content["after"]) == (cast.organiser.public_id, "jgs2026", {"reason": REASON})
    mail = Message.objects.get(kind="second_factor_reset")
    assert mail.recipient == cast.organiser2.email
    assert REASON in mail.body
    sign_in(lost, cast.organiser2)
    assert led_to(lost, "/my/") == SET_UP


def test_nobody_resets_their_own_nor_a_system_administrators(cast: Cast, client: Client) -> None:
    root = UserFactory(is_superuser=True)
    RoleFactory(edition=cast.edition, user=root, kind="auditor", granted_by=cast.organiser)
    codes = set_up(cast.organiser)
    set_up(root)
    sign_in(client, cast.organiser, codes[0])
    assert "不能重置自己的" in client.post(reset_url(cast, cast.organiser), {"reason": REASON}).content.decode()
    assert client.post(reset_url(cast, root), {"reason": REASON}).status_code == 404
    assert Authenticator.objects.filter(type="totp").count() == 2


def test_the_command_helps_the_last_one(cast: Cast) -> None:
    set_up(cast.organiser)
    with pytest.raises(CommandError, match="至少 10 个字"):
        call_command("reset-second-factor", cast.organiser.email, reason="丢了")
    call_command("reset-second-factor", cast.organiser.email, reason=REASON)
    assert AuditEntry.objects.get(verb="accounts.secondfactor.reset").actor == "system"
    with pytest.raises(CommandError, match="没有设置"):
        call_command("reset-second-factor", cast.organiser.email, reason=REASON)


def test_every_address_for_staff_is_guarded() -> None:
    """What opens to staff and not to everybody begins with a word the middleware guards."""
    staff = {"organiser", "organiser2", "examiner", "operator", "auditor"}
    own = ("account_", "mfa_", "api-")  # the way to the factor itself; programs have tokens
    guarded = {"org", "my", "judge", "uploads"}
    open_ = [
        key
        for key, who in audience().items()
        if who & staff and not who >= {"anonymous"} and not key.removeprefix("POST ").startswith(own)
        and paths()[bare(key)].split("/")[0] not in guarded
    ]  # fmt: skip
    for_everybody_signed_in = [key for key in open_ if "stranger" in audience()[key]]
    assert [key for key in open_ if key not in for_everybody_signed_in] == []


def test_the_key_lies_wrapped_in_the_database(cast: Cast, client: Client) -> None:
    sign_in(client, cast.judge)
    client.post(client.get(SET_UP).url, {"password": PASSWORD})
    secret = re.search(r'text-break">([A-Z2-7]+)<', client.get(SET_UP).content.decode())[1]
    client.post(SET_UP, {"code": code(secret)})
    assert secret not in str(Authenticator.objects.get(user=cast.judge, type="totp").data)
