from __future__ import annotations

import pytest

from accounts import home_sections
from accounts.home_sections import Card, Empty, Section
from accounts.models import User
from tests.factories import moments

AT = moments.SET_UP
CARD = Card(title="甲", url="/a/")
USER = User(pk=1, name="丁工")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_sections, "_sections", {})
    monkeypatch.setattr(home_sections, "_labels", [])


def section(key: str, order: int = 100, cards: tuple[Card, ...] = (CARD,), **more) -> Section:
    return Section(key=key, title=key, order=order, cards=lambda user, at: cards, **more)


def test_sections_come_in_order_and_empty_ones_are_left_out() -> None:
    for made in (section("b", 20), section("a", 10), section("none", 5, ())):
        home_sections.register(made)
    assert [shown.key for shown in home_sections.sections_for(USER, AT)] == ["a", "b"]


def test_an_empty_section_may_say_what_to_do() -> None:
    out = Empty(title="还没有项目", url="/x/", label="报名")
    home_sections.register(section("entries", 10, (), empty=lambda user, at: out))
    assert home_sections.sections_for(USER, AT)[0].empty == out


def test_the_same_key_replaces() -> None:
    home_sections.register(section("a", cards=()))
    home_sections.register(section("a"))
    assert [shown.cards for shown in home_sections.sections_for(USER, AT)] == [(CARD,)]


def test_who_asks_is_passed_on() -> None:
    seen = []
    home_sections.register(Section(key="a", title="a", cards=lambda user, at: seen.append((user, at)) or []))
    home_sections.sections_for(USER, AT)
    assert seen == [(USER, AT)]


def test_the_first_label_wins() -> None:
    home_sections.register_labels(lambda users: {1: "组织者"})
    home_sections.register_labels(lambda users: {1: "评委", 2: "评委"})
    assert home_sections.labels_for([USER]) == {1: "组织者", 2: "评委"}
