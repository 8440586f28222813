"""The chief judge decides on a page of their own, without seeing a mark."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import PanelSeat, RoadshowSlot
from tests.cast import Cast
from tests.factories import moments
from tests.judging.hall import MARKS, TO_SCORING, Hall, build_hall

PAGE = reverse("judging:chair-stage", args=["jgs2026"])
DECIDE = reverse("judging:chair-decide", args=["jgs2026"])


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


@pytest.fixture
def chief(client: Client, cast: Cast) -> Client:
    client.force_login(cast.chief, backend="accounts.backends.PasswordBackend")
    return client


def form(hall: Hall, act: str, reason: str = "评委突感不适", **more: object) -> dict[str, object]:
    return {"act": act, "position": 1, "version": hall.room.version, "reason": reason, **more}


def slot() -> RoadshowSlot:
    return RoadshowSlot.objects.get(position=1)


def test_with_nobody_on_stage_there_is_nothing_to_decide(chief: Client, hall: Hall) -> None:
    assert "现在没有项目在台上" in chief.get(PAGE).content.decode()


def test_the_chief_alone_is_led_there_from_the_tasks_of_the_final(client: Client, hall: Hall, cast: Cast) -> None:
    led = {}
    for who in (cast.chief, cast.judge):
        PanelSeat.objects.filter(judge=who).update(declared_at=moments.PRELIMINARY_OPENS)
        client.force_login(who, backend="accounts.backends.PasswordBackend")
        led[who.pk] = PAGE in client.get("/judge/?round=jgs2026-final").content.decode()
    assert led == {cast.chief.pk: True, cast.judge.pk: False}


def test_a_missing_judge_is_decided_with_a_reason(chief: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS[:4])
    page = chief.get(PAGE).content.decode()
    assert "评委 05尚未提交评分，不能截止" in page
    assert chief.post(DECIDE, form(hall, "close_scoring", " ")).status_code == 422
    assert slot().state == "scoring"
    assert chief.post(DECIDE, form(hall, "close_scoring")).headers["Location"] == PAGE
    assert (slot().state, slot().override_reason) == ("closed", "评委突感不适")
    assert "重新开放打分" in chief.get(PAGE).content.decode()


def test_hold_lift_and_reopen(chief: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, "close_scoring")
    chief.post(DECIDE, form(hall, "hold", "现场提出异议"))
    assert slot().hold_reason == "现场提出异议"
    assert "已暂停亮分：现场提出异议" in chief.get(PAGE).content.decode()
    chief.post(DECIDE, form(hall, "lift", "异议不成立"))
    chief.post(DECIDE, form(hall, "reopen_scoring", "评委填错行"))
    assert (slot().hold_reason, slot().state) == ("", "scoring")


def test_an_old_picture_is_refused_and_the_reason_kept(chief: Client, hall: Hall) -> None:
    hall.step(0, "start_talk")
    answer = chief.post(DECIDE, form(hall, "hold", "写了很久的原因", version=1))
    assert answer.status_code == 409
    assert "写了很久的原因" in answer.content.decode()
    assert slot().hold_reason == ""
    assert chief.post(DECIDE, form(hall, "hold", position=99)).status_code == 404


def test_no_mark_is_shown_at_any_step(chief: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    for verb in ("close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next"):
        hall.step(0, verb)
        text = chief.get(PAGE).content.decode()
        assert [mark for mark in [*MARKS, "52.50"] if mark in text] == []


def test_a_poll_answers_only_when_something_moved(chief: Client, hall: Hall) -> None:
    htmx = {"HX-Request": "true"}
    assert chief.get(f"{PAGE}?seen={hall.room.version * 1000}", headers=htmx).status_code == 204
    hall.step(0, "start_talk")
    fresh = chief.get(f"{PAGE}?seen=1000", headers=htmx).content.decode()
    assert ("<html" in fresh, "有争议，暂停亮分" in fresh) == (False, True)


def test_a_submitted_sheet_can_be_sent_back_while_marks_are_taken(chief: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    link = reverse("judging:unlock", args=["jgs2026", hall.final.assignment(1, 0).public_id])
    assert link in chief.get(PAGE).content.decode()
    hall.step(0, "close_scoring")
    assert link not in chief.get(PAGE).content.decode()
