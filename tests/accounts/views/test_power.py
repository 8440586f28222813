"""A system administrator's power: only in a session of their browser, with a reason, for half an hour, seen by others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PowerSession, User
from accounts.tasks import end_expired_power
from competitions.models import Role
from core import clock
from core.models import AuditEntry
from core.outbox.models import Message
from tests.accounts.factor import code, set_up, sign_in
from tests.arch.test_audience import tables
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.competitions import RoleFactory

pytestmark = pytest.mark.django_db
PAGE, END = "/my/power/", "/my/power/end/"
AT = moments.DURING_VOTE
REASON = "恢复误删的赛道设置，应组委会要求"


@pytest.fixture
def root(cast: Cast) -> User:
    return UserFactory(name="系管", email="root@example.invalid", is_superuser=True)


@pytest.fixture
def admin(client: Client, root: User) -> Client:
    client.force_login(root, backend="accounts.backends.PasswordBackend")
    return client


def open_it(client: Client, **more: str) -> int:
    return client.post(PAGE, {"reason": REASON, **more}).status_code


def dashboard(client: Client, cast: Cast) -> int:
    return client.get(reverse("console:dashboard", args=[cast.edition.slug])).status_code


def test_before_during_and_after(cast: Cast, admin: Client) -> None:
    with clock.rehearse(AT):
        assert dashboard(admin, cast) == 404
        assert open_it(admin) == 302
        page = admin.get(f"/org/{cast.edition.slug}/").content.decode()
        assert "正在使用系统管理权限" in page
        assert "还剩 30 分钟" in page
    with clock.rehearse(AT + timedelta(minutes=29, seconds=59)):
        assert dashboard(admin, cast) == 200
        assert "还剩 1 分钟" in admin.get(f"/{cast.edition.slug}/").content.decode()
    with clock.rehearse(AT + timedelta(minutes=30)):
        assert dashboard(admin, cast) == 404
        assert "正在使用" not in admin.get("/my/").content.decode()


def test_it_is_ended_by_hand(cast: Cast, admin: Client) -> None:
    with clock.rehearse(AT):
        open_it(admin)
    with clock.rehearse(AT + timedelta(minutes=5)):
        admin.post(END)
        assert dashboard(admin, cast) == 404
        assert admin.post(END).status_code == 302  # twice is no fault
    assert PowerSession.objects.get().ended_at == AT + timedelta(minutes=5)


def test_it_is_written_down_and_told(cast: Cast, admin: Client, root: User) -> None:
    other = UserFactory(is_superuser=True, email="root2@example.invalid")
    RoleFactory(edition=cast.edition, user=root, granted_by=cast.organiser)
    with clock.rehearse(AT):
        open_it(admin)
    with clock.rehearse(AT + timedelta(minutes=5)):
        admin.post(END)
    opened, ended = AuditEntry.objects.filter(verb__startswith="accounts.power.").order_by("pk")
    assert (opened.verb, opened.actor, opened.at) == ("accounts.power.opened", root.public_id, AT)
    assert opened.detail.content["after"]["reason"] == REASON
    assert (ended.verb, ended.detail.content["after"]) == ("accounts.power.ended", {"minutes": 5})
    told = Message.objects.filter(kind="power_opened")
    organisers = {cast.organiser.email, cast.organiser2.email, cast.foreigner.email}
    assert set(told.values_list("recipient", flat=True)) >= organisers | {other.email}
    assert not told.filter(recipient=root.email).exists()
    assert REASON in told.first().body


def test_the_end_of_time_is_written_down_too(admin: Client) -> None:
    with clock.rehearse(AT):
        open_it(admin)
    with clock.rehearse(AT + timedelta(minutes=29)):
        end_expired_power()
    assert PowerSession.objects.get().ended_at is None
    with clock.rehearse(AT + timedelta(minutes=31)):
        end_expired_power()
        end_expired_power()
    entry = AuditEntry.objects.get(verb="accounts.power.ended")
    assert (entry.actor, entry.at) == ("system", AT + timedelta(minutes=31))


@pytest.mark.parametrize("reason", ["", "修数据", "   一 二 三 四   "])
def test_a_short_reason_opens_nothing(admin: Client, reason: str) -> None:
    answer = admin.post(PAGE, {"reason": reason})
    assert answer.status_code == 422
    assert not PowerSession.objects.exists()


def test_it_holds_in_the_browser_that_opened_it_alone(cast: Cast, admin: Client, root: User) -> None:
    other = Client()
    other.force_login(root, backend="accounts.backends.PasswordBackend")
    with clock.rehearse(AT):
        open_it(admin)
        assert (dashboard(admin, cast), dashboard(other, cast)) == (200, 404)
        admin.logout()
        admin.force_login(root, backend="accounts.backends.PasswordBackend")
        assert dashboard(admin, cast) == 404


def test_a_flag_taken_away_ends_it_at_once(cast: Cast, admin: Client, root: User) -> None:
    with clock.rehearse(AT):
        open_it(admin)
        User.objects.filter(pk=root.pk).update(is_superuser=False)
        assert dashboard(admin, cast) == 404


def test_the_second_factor_is_asked_again(cast: Cast, client: Client, root: User, settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    codes = set_up(root)
    sign_in(client, root, codes[0])
    assert open_it(client) == 422
    assert open_it(client, code="123456") == 422
    assert client.post(PAGE, {"reason": "短", "code": codes[1]}).status_code == 422
    assert not PowerSession.objects.exists()
    assert open_it(client, code=codes[1]) == 302  # the short reason did not use it up
    client.post(END)
    assert open_it(client, code=codes[1]) == 422
    assert open_it(client, code=code()) == 302


@pytest.mark.parametrize("who", ["organiser", "stranger", "judge"])
def test_nobody_else_finds_it(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    assert (client.get(PAGE).status_code, open_it(client), client.post(END).status_code) == (404, 404, 404)


def test_a_program_with_their_token_has_no_power(cast: Cast, root: User) -> None:
    assert root.has_perm("competitions.manage_edition", cast.edition) is False
    assert root.has_perm("competitions.add_edition") is False


def test_what_belongs_to_judges_stays_closed_even_then(cast: Cast, admin: Client, root: User) -> None:
    with clock.rehearse(AT):
        open_it(admin)
        assert admin.get("/judge/").status_code in (200, 404)
        assert not Role.objects.filter(user=root).exists()


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__.split(".")[1])
def test_without_it_they_get_what_a_stranger_gets(cast: Cast, admin: Client, client: Client, table) -> None:
    """Every address of the project, as a system administrator and as somebody who belongs to nothing."""
    stranger, differing = Client(), []
    stranger.force_login(cast.stranger, backend="accounts.backends.PasswordBackend")
    own = {"accounts:power", "POST accounts:power-end"}
    if table.__name__ == "tests.accounts.audience":
        own |= {key for key, who in table.AUDIENCE.items() if "stranger" in who}  # one's own things differ
    with clock.rehearse(getattr(table, "AT", AT)):
        addresses = table.addresses(cast)
        for key in table.AUDIENCE.keys() - own:
            ask = "post" if key.startswith("POST ") else "get"
            both = [getattr(one, ask)(addresses[key]).status_code for one in (admin, stranger)]
            if both[0] != both[1] and "stranger" not in table.AUDIENCE[key]:
                differing.append((key, both))
    assert differing == []
