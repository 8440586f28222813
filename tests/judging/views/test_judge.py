from datetime import timedelta

import pytest
from django.urls import reverse

from competitions.models import Role
from core import clock
from judging import states
from judging.models import ScoreSheet
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import (
    AssignmentFactory,
    PanelFactory,
    PanelSeatFactory,
    lock_sheet_at,
    with_profile,
)
from tests.judging.scene import MARKS, build_scene

LIST = "/judge/"
LIST_QUERIES = 14


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


def get(client, who, url=LIST, status=200) -> str:
    client.force_login(who)
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_what_is_next_and_the_own_totals(scene, client):
    second = build_accepted_entry(scene.cast.edition, 2)
    third = build_accepted_entry(scene.cast.edition, 3)
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=second), MARKS)
    AssignmentFactory(seat=scene.seats["judge"], entry=third, state=states.RECUSED, reason="曾是同事")
    ScoreSheet.objects.create(assignment=scene.assignment, state=states.DRAFT, draft={"A": "50"})
    page = get(client, scene.cast.judge)
    assert "应评 2 项，已提交 1 项，草稿 1 项，未评 0 项；回避 1 项不计入" in page
    assert page.index("继续评 001 号") < page.index("查看 002 号评分") < page.index("曾是同事")
    assert "86.5" in page and "1 / 2 项" in page
    assert page.count("btn-primary") == 1
    assert "评委 01" in page and "还有 5 天" in page


def test_the_list_can_be_narrowed_to_a_state(scene, client):
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=build_accepted_entry(scene.cast.edition, 2)), MARKS)
    page = get(client, scene.cast.judge, LIST + "?round=jgs2026-preliminary&state=locked")
    assert "查看 002 号评分" in page and "001 号" not in page
    assert "没有这个状态的项目" in get(client, scene.cast.judge, LIST + "?state=recused")


def test_withdrawn_assignments_are_gone(scene, client):
    scene.assignment.state = states.WITHDRAWN
    scene.assignment.save()
    assert "还没有分配给您的项目" in get(client, scene.cast.judge)
    get(client, scene.cast.judge, reverse("judging:score", args=[scene.assignment.public_id]), 404)


def test_people_without_a_seat_or_role_see_that_they_have_none(scene, client):
    assert "您还没有评审席位" in get(client, scene.cast.stranger)
    Role.objects.filter(user=scene.cast.judge).update(ended_at=moments.DURING_PRELIMINARY)
    assert "您还没有评审席位" in get(client, scene.cast.judge)


def test_two_rounds_stand_in_tabs_and_the_open_one_comes_first(scene, client):
    final = PanelFactory(round=scene.cast.edition.rounds.get(kind="final"))
    PanelSeatFactory(panel=final, judge=scene.cast.judge, number=9)
    page = get(client, scene.cast.judge)
    assert "初赛 · 评委 01" in page and "?round=jgs2026-final" in page
    assert "决赛 · 评委 09" in get(client, scene.cast.judge, LIST + "?round=jgs2026-final")


def test_the_declaration_comes_before_everything(scene, client):
    seat = scene.seats["judge"]
    seat.declared_at = None
    seat.save()
    with_profile(scene.cast.judge)
    address = reverse("judging:declaration", args=["jgs2026", "preliminary"])
    client.force_login(scene.cast.judge)
    own = [scene.assignment.public_id]
    for url in (LIST, *(reverse(f"judging:{name}", args=own) for name in ("score", "submit", "recuse"))):
        assert client.get(url).headers["Location"] == address
    assert scene.entries[0].pitch not in get(client, scene.cast.judge, address)
    assert client.post(address).status_code == 422
    seat.refresh_from_db()
    assert seat.declared_at is None
    assert client.post(address, {"agree": "1"}).headers["Location"] == "/judge/?round=jgs2026-preliminary"
    seat.refresh_from_db()
    assert seat.declared_at == moments.DURING_PRELIMINARY
    assert "已签署" in get(client, scene.cast.judge, address)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_tasks(cast, client, count, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    lock_sheet_at(scene.assignment, MARKS)
    for entry in scene.entries[1:]:
        lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=entry), MARKS)
    client.force_login(cast.judge)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_my_page_leads_to_the_tasks(scene, client):
    page = get(client, scene.cast.judge, "/my/")
    assert "2026 年江高赛初赛评审" in page and "0 / 1 项已提交" in page
    assert "我的评审" not in get(client, scene.cast.stranger, "/my/")


def test_a_closed_round_says_so(scene, client):
    with clock.rehearse(moments.PRELIMINARY_CLOSES + timedelta(minutes=1)):
        page = get(client, scene.cast.judge, reverse("judging:score", args=[scene.assignment.public_id]))
    assert "本轮评审已结束" in page
    assert 'name="mark-A"' not in page


def test_the_chief_finds_the_way_to_the_sheets(scene, client):
    assert reverse("judging:chair", args=["jgs2026"]) in get(client, scene.cast.chief)
    assert reverse("judging:chair", args=["jgs2026"]) not in get(client, scene.cast.judge)


def test_many_tasks_come_in_pages_and_only_the_first_of_all_is_next(cast, client, monkeypatch):
    monkeypatch.setattr("judging.views.judge.PER_PAGE", 2)
    scene = build_scene(cast, entry_count=3)
    for place, entry in enumerate(scene.entries[1:], start=2):
        AssignmentFactory(seat=scene.seats["judge"], entry=entry, position=place)
    first, second = get(client, cast.judge), get(client, cast.judge, f"{LIST}?page=2")
    assert "开始评 001 号" in first and "开始评 002 号" in first and "开始评 003 号" not in first
    assert "开始评 003 号" in second and "开始评 001 号" not in second
    assert first.count("btn btn-primary") == second.count("btn btn-primary") + 1
    assert "page=2" in first and "全部" in second
