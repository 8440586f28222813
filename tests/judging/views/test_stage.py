"""The operator's desk: exactly the moves possible now, no act on an old picture, the chief judge's decision."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from judging.models import RoadshowRoom, RoadshowSlot
from judging.queries.desk import find_desk
from tests.cast import Cast
from tests.factories.finals import build_final
from tests.judging.hall import MARKS, TO_SCORING, Hall, build_hall, build_stage

DESK = reverse("judging:stage-desk", args=["jgs2026"])
STEP = reverse("judging:stage-step", args=["jgs2026"])
PRESENCE = reverse("judging:stage-presence", args=["jgs2026"])
OPEN = reverse("judging:stage-open", args=["jgs2026"])
HTMX = {"HX-Request": "true"}


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast, "operator")


def signed_in(client: Client, cast: Cast, who: str) -> Client:
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return client


def form(hall: Hall, verb: str, number: int = 0, **more: object) -> dict[str, object]:
    return {"position": number + 1, "verb": verb, "version": hall.room.version, **more}


def offered(hall: Hall) -> list[str]:
    found = find_desk(hall.final.round)
    assert found is not None
    return [step.verb for step in found.steps]


def state_of(hall: Hall, number: int = 0) -> str:
    return RoadshowSlot.objects.get(position=number + 1).state


def test_before_the_draw_the_desk_says_what_is_missing(desk: Client, cast: Cast) -> None:
    build_final(cast.edition)
    assert "初创组有 3 个项目还没有公布的出场顺序" in desk.get(DESK).content.decode()
    assert desk.post(OPEN).status_code == 409
    assert RoadshowRoom.objects.count() == 0


def test_opening_shows_the_running_order_and_the_screen(desk: Client, cast: Cast) -> None:
    build_stage(cast)
    assert "开启现场" in desk.get(DESK).content.decode()
    assert desk.post(OPEN).headers["Location"] == DESK
    page = desk.get(DESK).content.decode()
    assert f"/screen/jgs2026/{RoadshowRoom.objects.get().screen_token}/" in page
    assert page.index("项目1") < page.index("项目2") < page.index("项目3")


def test_exactly_the_moves_of_the_moment_are_offered(hall: Hall) -> None:
    assert offered(hall) == ["start_talk"]
    hall.step(0, "start_talk")
    assert offered(hall) == ["start_answers", "back_to_waiting"]
    hall.step(0, "start_answers", "open_scoring")
    hall.mark(0, MARKS)
    assert offered(hall) == ["close_scoring", "back_to_answers"]
    hall.step(0, "close_scoring")
    assert offered(hall) == ["reveal"]
    hall.step(0, "reveal")
    assert offered(hall) == ["reveal_next", "finish", "reveal_back", "undo_reveal"]
    hall.step(0, "reveal_next", "reveal_next", "reveal_next")
    assert offered(hall) == ["finish", "reveal_back", "undo_reveal"]


def test_a_step_leads_back_to_the_desk(desk: Client, hall: Hall) -> None:
    assert desk.post(STEP, form(hall, "start_talk")).headers["Location"] == DESK
    assert state_of(hall) == "talk"


def test_a_step_over_htmx_answers_the_fragment(desk: Client, hall: Hall) -> None:
    answer = desk.post(STEP, form(hall, "start_talk"), headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert "开始答辩" in text


def test_the_focus_follows_only_the_own_step(desk: Client, hall: Hall) -> None:
    """After somebody else's step a waiting Enter must not take the next one."""
    assert "autofocus" in desk.post(STEP, form(hall, "start_talk"), headers=HTMX).content.decode()
    assert "autofocus" not in desk.get(f"{DESK}?seen=1", headers=HTMX).content.decode()
    assert "autofocus" not in desk.post(STEP, {**form(hall, "start_answers"), "version": 1}, headers=HTMX).content.decode()


def test_an_old_picture_is_refused_calmly(desk: Client, hall: Hall) -> None:
    old = form(hall, "start_talk")
    hall.step(0, "start_talk")
    answer = desk.post(STEP, {**old, "verb": "start_answers"})
    assert answer.status_code == 409
    assert "现场状态刚刚由其他人更新" in answer.content.decode()
    assert "开始答辩" in answer.content.decode()
    assert state_of(hall) == "talk"


def test_an_old_picture_over_htmx_shows_note_and_fresh_state(desk: Client, hall: Hall) -> None:
    old = form(hall, "start_talk")
    hall.step(0, "start_talk")
    answer = desk.post(STEP, old, headers=HTMX)
    assert (answer.status_code, "现场状态刚刚由其他人更新" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("broken", [{}, {"position": "1", "verb": "fly", "version": "1"}])
def test_an_incomplete_step_does_nothing(desk: Client, hall: Hall, broken: dict[str, str]) -> None:
    answer = desk.post(STEP, broken)
    assert (answer.status_code, "没有送达完整" in answer.content.decode()) == (422, True)
    assert (hall.room.version, state_of(hall)) == (1, "waiting")


def test_a_poll_answers_only_when_something_moved(
    desk: Client, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    number = find_desk(hall.final.round).number  # type: ignore[union-attr]
    with django_assert_num_queries(7):
        assert desk.get(f"{DESK}?seen={number}", headers=HTMX).status_code == 204
    hall.step(0, "start_talk")
    fresh = desk.get(f"{DESK}?seen={number}", headers=HTMX)
    assert (fresh.status_code, "开始答辩" in fresh.content.decode()) == (200, True)


@pytest.mark.parametrize("entries", [1, 3])
def test_the_desk_costs_the_same_for_many_entrants(
    desk: Client, cast: Cast, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    build_hall(cast, entries=entries).step(0, "start_talk")
    with django_assert_num_queries(12):
        desk.get(DESK)


def test_presence_is_marked_under_the_version(desk: Client, hall: Hall) -> None:
    sent = {"seat": 5, "present": "0", "version": hall.room.version}
    assert desk.post(PRESENCE, sent).headers["Location"] == DESK
    hall.final.seats[4].refresh_from_db()
    assert hall.final.seats[4].is_present is False
    assert desk.post(PRESENCE, {**sent, "present": "1"}).status_code == 409
    hall.final.seats[4].refresh_from_db()
    assert hall.final.seats[4].is_present is False
    assert desk.post(PRESENCE, {"seat": "5"}).status_code == 422


def test_the_desk_never_tells_a_mark(desk: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    for verb in ("close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next"):
        hall.step(0, verb)
        text = desk.get(DESK).content.decode()
        assert [mark for mark in [*MARKS, "52.50"] if mark in text] == []


def test_a_missing_judge_blocks_the_closing(desk: Client, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS[:4])
    page = desk.get(DESK).content.decode()
    assert "评委 05尚未提交评分，不能截止" in page
    assert 'name="reason"' not in page
    assert desk.post(STEP, form(hall, "close_scoring", reason="等不及")).status_code == 409
    assert state_of(hall) == "scoring"


def test_the_chief_judge_watches_the_desk_and_steers_nothing(client: Client, cast: Cast, hall: Hall) -> None:
    chief = signed_in(client, cast, "chief")
    page = chief.get(DESK).content.decode()
    assert "组长裁定" in page
    assert "记为未到场" not in page
    assert chief.post(STEP, form(hall, "start_talk")).status_code == 404
    assert state_of(hall) == "waiting"


def test_absence_is_asked_for_first(desk: Client, hall: Hall) -> None:
    question = reverse("judging:stage-absent", args=["jgs2026", 2])
    assert "登记有误的，可在出场顺序中恢复" in desk.get(question).content.decode()
    assert desk.post(STEP, form(hall, "mark_absent", 1)).status_code == 302
    assert state_of(hall, 1) == "absent"
    assert desk.get(question).status_code == 404
    assert desk.post(STEP, form(hall, "restore", 1)).status_code == 302
    assert state_of(hall, 1) == "waiting"


def test_entrants_check_in(desk: Client, hall: Hall) -> None:
    url = reverse("judging:stage-check-in", args=["jgs2026"])
    sent = {"position": 2, "present": "1", "version": hall.room.version}
    assert desk.post(url, sent).status_code == 302
    assert "已签到 1" in desk.get(DESK).content.decode()
    assert desk.post(url, {**sent, "present": "0"}).status_code == 409  # an old picture
    assert RoadshowSlot.objects.get(position=2).checked_in_at is not None
    assert desk.post(url, {"position": "2"}).status_code == 422
    assert desk.post(url, {**sent, "present": "0", "version": hall.room.version}).status_code == 302
    assert RoadshowSlot.objects.get(position=2).checked_in_at is None


def test_at_the_end_the_desk_rests(desk: Client, cast: Cast) -> None:
    hall = build_hall(cast, entries=1)
    hall.play(0, MARKS)
    assert "全部项目已结束" in desk.get(DESK).content.decode()
    assert offered(hall) == []
