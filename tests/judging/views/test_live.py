"""The judge's page in the hall: it follows the entrant and shows nobody else's marks."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from judging.actions.assignment import recuse_assignment, withdraw_assignment
from judging.models import ScoreSheet
from tests.cast import Cast
from tests.judging.hall import AT, MARKS, TO_SCORING, Hall, build_hall, build_stage

STATE = "/judge/live/jgs2026/state/"


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


@pytest.fixture
def tablet(client: Client, cast: Cast) -> Client:
    client.force_login(cast.judge, backend="accounts.backends.PasswordBackend")
    return client


def own(tablet: Client) -> dict:
    with clock.rehearse(AT):
        return tablet.get(STATE).json()


def test_a_submission_sent_twice_leads_to_the_stage_both_times(cast, client):
    """The answer to the first one was lost on the way; nothing is doubled, and the tablet follows the stage again."""
    hall = build_hall(cast)
    hall.step(0, *TO_SCORING)
    own = hall.final.assignment(0, 0)
    client.force_login(cast.judge)
    with clock.rehearse(AT):
        client.post(f"/judge/{own.public_id}/draft/", {"mark-A": "50", "mark-B": "36", "sequence": "1"})
        answers = [client.post(f"/judge/{own.public_id}/submit/", {"sequence": "1"}) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == ["/judge/live/jgs2026/"] * 2
    assert own.sheet.versions.count() == 1


def test_before_the_room_is_opened_the_page_waits(tablet: Client, cast: Cast) -> None:
    build_stage(cast)
    found = own(tablet)
    assert (found["number"], found["phase"], found["entrant"], found["next"]) == (0, "idle", None, None)


def test_it_follows_the_entrant_to_the_own_sheet(tablet: Client, hall: Hall) -> None:
    assert own(tablet)["next"]["code"] == "001"
    hall.step(0, "start_talk")
    found = own(tablet)
    assert (found["entrant"]["code"], found["phase"], found["length"], found["word"]) == ("001", "talk", 480, "empty")
    assert (found["button"], found["url"]) == ("为 001 号评分", f"/judge/{hall.final.assignment(0, 0).public_id}/")


def test_a_draft_is_continued(tablet: Client, hall: Hall) -> None:
    hall.step(0, "start_talk")
    ScoreSheet.objects.create(assignment=hall.final.assignment(0, 0), state="draft", draft={"A": "50"})
    assert own(tablet)["button"] == "继续为 001 号评分"


def test_a_submitted_sheet_is_said(tablet: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS[:1])
    found = own(tablet)
    assert (found["word"], found["sentence"], found["button"]) == ("locked", "您的评分已提交。", "查看我的评分")


def test_a_recused_judge_waits(tablet: Client, cast: Cast, hall: Hall) -> None:
    hall.step(0, "start_talk")
    recuse_assignment(assignment=hall.final.assignment(0, 0), reason="曾任顾问", actor=cast.judge, at=AT)
    found = own(tablet)
    assert (found["word"], found["button"], found["url"]) == ("recused", "", "")


def test_a_judge_without_the_entry_does_not_take_part(tablet: Client, cast: Cast, hall: Hall) -> None:
    hall.step(0, "start_talk")
    withdraw_assignment(assignment=hall.final.assignment(0, 0), reason="换人", actor=cast.organiser, at=AT)
    assert (own(tablet)["word"], own(tablet)["button"]) == ("none", "")


def test_after_the_reveal_nothing_can_be_scored(tablet: Client, cast: Cast, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.step(0, "close_scoring", actor=cast.chief, reason="评委突感不适")
    hall.step(0, "reveal")
    assert (own(tablet)["word"], own(tablet)["button"]) == ("missed", "")


def test_no_mark_of_anybody_is_told(tablet: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, "close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next")
    text = json.dumps(own(tablet))
    assert [mark for mark in [*MARKS, "52.50"] if mark in text] == []


def test_a_poll_without_change_is_a_304(
    tablet: Client, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hall.step(0, "start_talk")
    tag = tablet.get(STATE)["ETag"]
    with django_assert_num_queries(7):
        again = tablet.get(STATE, headers={"If-None-Match": tag})
    assert (again.status_code, again["Cache-Control"]) == (304, "no-store")
    hall.step(0, "start_answers")
    assert tablet.get(STATE, headers={"If-None-Match": tag}).json()["phase"] == "answers"


def test_the_page_shows_the_button_without_script(tablet: Client, hall: Hall) -> None:
    hall.step(0, "start_talk")
    page = tablet.get(reverse("judging:live", args=["jgs2026"])).content.decode()
    assert "为 001 号评分" in page
    assert hall.final.entries[0].title in page


def test_a_judge_without_a_seat_finds_nothing(client: Client, cast: Cast, hall: Hall) -> None:
    client.force_login(cast.conflicted, backend="accounts.backends.PasswordBackend")
    assert client.get(STATE).status_code == 404
    assert client.get(reverse("judging:live", args=["jgs2026"])).status_code == 404
