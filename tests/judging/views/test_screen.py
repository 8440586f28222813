"""The hall's screen over HTTP: an unguessable address, full states, and polls that cost two queries."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from judging.queries.screen import state_number
from judging.views import screen
from tests.cast import Cast
from tests.judging.hall import AT, MARKS, TO_SCORING, Hall, build_hall


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


def address(hall: Hall, name: str = "screen-state") -> str:
    return reverse(f"judging:{name}", args=["jgs2026", hall.room.screen_token])


def test_the_page_carries_its_first_state(client: Client, hall: Hall) -> None:
    hall.step(0, "start_talk")
    page = client.get(address(hall, "screen"))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    island = page.content.decode().split('<script id="state" type="application/json">')[1].split("</script>")[0]
    assert json.loads(island)["entrant"]["code"] == "001"


@pytest.mark.parametrize("name", ["screen", "screen-state"])
@pytest.mark.parametrize(("slug", "token"), [("jgs2026", "0" * 10), ("other2026", None)])
def test_a_wrong_address_is_not_found(client: Client, hall: Hall, name: str, slug: str, token: str | None) -> None:
    url = reverse(f"judging:{name}", args=[slug, token or hall.room.screen_token])
    assert client.get(url).status_code == 404


def test_a_poll_without_change_is_a_304_without_a_query(
    client: Client, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS[:2])
    url = address(hall)
    tag = client.get(url)["ETag"]
    screen._boards.forget()
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    with django_assert_num_queries(0):
        again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (tag, "no-store")


def test_after_a_moment_a_poll_asks_the_database_in_two_queries(
    client: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hall.step(0, *TO_SCORING)
    url = address(hall)
    tag = client.get(url)["ETag"]
    monkeypatch.setattr(screen, "FRESH", 0.0)
    with django_assert_num_queries(2):
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_what_is_remembered_is_never_older_than_what_the_viewer_has(client: Client, hall: Hall) -> None:
    """Another process has told the viewer of a newer state: this one reads anew instead of answering the old one."""
    hall.step(0, "start_talk")
    assert client.get(address(hall)).json()["phase"] == "talk"
    hall.step(0, "start_answers")
    newer = f'"{state_number(hall.room)}"'
    assert client.get(address(hall)).json()["phase"] == "talk"  # remembered for a moment
    assert client.get(address(hall), headers={"If-None-Match": newer}).status_code == 304
    assert client.get(address(hall)).json()["phase"] == "answers"


def test_a_remembered_state_carries_the_time_of_its_answer(client: Client, hall: Hall) -> None:
    with clock.rehearse(AT):
        first = client.get(address(hall)).json()["now"]
    with clock.rehearse(AT + timedelta(seconds=9)):
        assert client.get(address(hall)).json()["now"] - first == 9000


def test_a_submitted_sheet_is_a_new_state(client: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    tag = client.get(address(hall))["ETag"]
    hall.mark(0, MARKS[:1])
    screen._boards.forget()
    again = client.get(address(hall), headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.json()["number"] > int(tag.strip('"'))
    assert [row["done"] for row in again.json()["judges"]] == [True, False, False, False, False]


@pytest.mark.parametrize("shown", [1, 3])
def test_a_full_state_costs_the_same_for_many_entrants(
    client: Client, cast: Cast, shown: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hall = build_hall(cast, entries=5)
    for number in range(shown):
        hall.play(number, MARKS)
    hall.step(shown, *TO_SCORING)
    url = address(hall)
    with django_assert_num_queries(14):
        assert len(client.get(url).json()["ranking"]) == shown
