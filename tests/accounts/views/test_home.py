from __future__ import annotations

import pytest
from django.test import Client

from accounts import home_sections
from accounts.home_sections import Card, Section
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_newcomer_is_led_to_registering_an_organisation(client: Client) -> None:
    client.force_login(UserFactory())
    page = client.get("/my/").content.decode()
    assert "还没有参赛单位" in page
    assert 'href="/my/organisations/new/"' in page


@pytest.mark.parametrize("items", [1, 3])
def test_lists_organisations_with_constant_queries(
    client: Client, items: int, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(home_sections, "_sections", {})
    user = UserFactory()
    for _ in range(items):
        MembershipFactory(user=user)
    client.force_login(user)
    with django_assert_num_queries(6):  # session, user, memberships, requests to join; header: roles, edition
        page = client.get("/my/").content.decode()
    assert page.count("您是管理员") == items


def test_shows_sections_of_other_apps(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(home_sections, "_sections", {})
    card = Card(title="一种示例装置", url="/x/", action="继续填写", lines=("草稿",), status=("entry", "draft"))
    home_sections.register(Section(key="entries", title="参赛项目", cards=lambda user, at: [card]))
    client.force_login(UserFactory())
    page = client.get("/my/").content.decode()
    assert "一种示例装置" in page
    assert "继续填写" in page


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get("/my/").url == "/accounts/login/?next=/my/"
