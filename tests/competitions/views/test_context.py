"""Header and footer of every page (jianggaosai.context)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import User
from competitions.models import Edition, Stage
from core import clock
from jianggaosai.context import Site, site
from tests.cast import Cast
from tests.factories import moments as m

ADDRESSES = {
    "entries:register": "/{}/register/",
    "voting:vote": "/{}/vote/",
    "results:results": "/{}/results/",
    "judging:task-list": "/judge/",
    "console:chooser": "/org/",
    "accounts:home": "/my/",
    "competitions:edition-home": "/{}/",
    "competitions:announcement-list": "/{}/announcements/",
}


def seen(path: str, user: User | None = None) -> Site:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.resolver_match = resolve(path)
    return site(request)["site"]


@pytest.fixture
def some_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the pages of ADDRESSES exist."""
    def url(self: Site, name: str, *args: str) -> str:
        return ADDRESSES.get(name, "").format(*args)

    monkeypatch.setattr(Site, "_url", url)


def test_a_page_without_header_costs_no_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        seen("/jgs2026/")


def test_the_edition_is_that_of_the_address_or_the_latest(cast: Cast) -> None:
    Edition.objects.filter(pk=cast.other_edition.pk).update(year=2025)
    assert seen("/other2026/").edition == cast.other_edition
    assert seen("/pages/accessibility/").edition == cast.edition
    Edition.objects.filter(pk=cast.edition.pk).update(archived_at=m.NOTICE_CLOSES)
    assert seen("/pages/accessibility/").edition == cast.other_edition
    Edition.objects.filter(pk=cast.other_edition.pk).update(published_at=None)
    assert seen("/pages/accessibility/").edition == cast.edition
    assert seen("/other2026/").edition is None


def test_before_the_first_edition_there_is_no_menu(db: None) -> None:
    empty = seen("/pages/accessibility/")
    assert [one["url"] for one in empty.legal] == ["/pages/accessibility/", "/pages/privacy/"]
    assert (empty.edition, empty.nav, empty.footer, empty.home_url, empty.register_url) == (None, [], [], "/", "")


def test_links_exist_and_know_where_they_are(cast: Cast, some_pages: None) -> None:
    labels = [(one["label"], one["current"]) for one in seen("/jgs2026/announcements/").nav]
    assert labels == [("首页", False), ("通知公告", True), ("网络投票", False), ("结果公示", False)]
    assert [one["label"] for one in seen("/jgs2026/").nav if one["current"]] == ["首页"]
    columns = {column["title"]: [one["label"] for one in column["links"]] for column in seen("/jgs2026/").footer}
    assert columns == {"参赛与投票": ["报名参赛", "网络投票"], "公开信息": ["结果公示"]}


def test_an_edition_without_a_vote_does_not_speak_of_it(cast: Cast, some_pages: None) -> None:
    cast.edition.rounds.filter(kind="public_vote").delete()
    Stage.objects.filter(edition=cast.edition, kind="public_vote").delete()
    assert "网络投票" not in [one["label"] for one in seen("/jgs2026/").nav]


def test_the_button_to_enter_is_there_while_the_registration_is_open(cast: Cast, some_pages: None) -> None:
    with clock.rehearse(m.REGISTRATION_OPENS):
        assert seen("/jgs2026/").register_url == "/jgs2026/register/"
    with clock.rehearse(m.REGISTRATION_CLOSES):
        assert seen("/jgs2026/").register_url == ""


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("stranger", ["我的"]),
        ("organiser", ["我的", "组委会工作台"]),
        ("examiner", ["我的", "组委会工作台"]),
        ("judge", ["我的", "评审"]),
        ("operator", ["我的"]),
    ],
)
def test_the_own_menu_follows_the_roles(cast: Cast, some_pages: None, who: str, labels: list[str]) -> None:
    me = seen("/jgs2026/", getattr(cast, who)).me
    assert [one["label"] for one in me["links"]] == labels
    assert me["initial"] == getattr(cast, who).name[0]


def test_visitors_have_no_menu_of_their_own(cast: Cast) -> None:
    visitor = seen("/jgs2026/")
    assert visitor.me is None
    assert visitor.login_url == "/accounts/login/"
    assert [one["label"] for one in visitor.legal] == ["无障碍声明", "个人信息保护"]
