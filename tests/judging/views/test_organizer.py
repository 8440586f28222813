import re

import pytest
from django.urls import reverse

from core import clock
from core.outbox.models import Message
from judging import states
from judging.models import Assignment, PanelSeat, ScoreSheet
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene

PANEL = "/org/jgs2026/panels/preliminary/"
PROGRESS = "/org/jgs2026/progress/preliminary/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


@pytest.fixture
def organiser(cast, client):
    client.force_login(cast.organiser)
    return client


def read(client, url, status=200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_panel_tells_the_first_step(cast, organiser):
    page = read(organiser, PANEL)
    assert "还没有评委入席" in page and "还没有参评项目" in page and "自动分配</a>" not in page
    assert "还没有可以分配的项目或评委" in read(organiser, PANEL + "assign/")


def test_judges_are_seated_and_unseated(cast, organiser):
    fields = {"judge": cast.judge.pk, "number": 7}
    assert organiser.post(PANEL + "seats/", fields).headers["Location"] == PANEL
    assert organiser.post(PANEL + "seats/", {"judge": cast.applicant.pk, "number": 8}).status_code == 422
    assert organiser.post(PANEL + "seats/", {"judge": cast.judge2.pk, "number": 7}).status_code == 409
    assert PanelSeat.objects.count() == 1
    page = read(organiser, PANEL)
    assert "评委 07" in page and "未签署" in page
    assert "撤销评委 07（钟评）的席位" in read(organiser, PANEL + "seats/7/remove/")
    organiser.post(PANEL + "seats/7/remove/")
    assert PanelSeat.objects.count() == 0
    assert organiser.get(PANEL + "seats/7/remove/").status_code == 404


def test_the_preview_is_confirmed_as_seen(cast, organiser):
    scene = build_scene(cast, entry_count=3)
    Assignment.objects.all().delete()
    scene.round.judges_per_entry = 3
    scene.round.save()
    page = read(organiser, PANEL + "assign/?seed=2026&cap=")
    digest = re.search(r'name="digest" value="(\w{64})"', page).group(1)
    assert Assignment.objects.count() == 0
    answer = organiser.post(PANEL + "assign/", {"seed": "2026", "cap": "", "digest": "0" * 64})
    assert (answer.status_code, Assignment.objects.count()) == (409, 0)
    answer = organiser.post(PANEL + "assign/", {"seed": "2026", "cap": "", "digest": digest})
    assert answer.headers["Location"] == PANEL + "#entries"
    assert Assignment.objects.count() == 9


def test_an_impossible_preview_says_why(scene, organiser):
    page = read(organiser, PANEL + "assign/?seed=1")
    assert "项目 001 排除回避后只有 4 位评委可用，需要 5 位" in page and "按此预览写入分配" not in page
    assert organiser.get("/org/jgs2026/panels/final/assign/").status_code == 404
    assert organiser.get("/org/jgs2026/panels/public_vote/").status_code == 404


def test_assignments_are_made_and_taken_back_by_hand(scene, organiser):
    seat, entry = scene.seats["judge2"], scene.entries[0]
    organiser.post(PANEL + "entries/", {"seat": seat.pk, "entry": entry.pk})
    row = Assignment.objects.get(seat=seat)
    address = reverse("judging:assignment-withdraw", args=["jgs2026", "preliminary", row.public_id])
    assert "取消评委 02对 001 号的分配" in read(organiser, address)
    assert organiser.post(address, {"reason": ""}).status_code == 422
    organiser.post(address, {"reason": "请假"})
    row.refresh_from_db()
    assert row.state == states.WITHDRAWN
    assert organiser.get(address).status_code == 404
    assert organiser.post(PANEL + "entries/", {"seat": "", "entry": ""}).status_code == 422


def test_progress_tells_no_mark_and_no_divergence_before_the_close(scene, organiser):
    lock_sheet_at(scene.assignment, MARKS)
    second = AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0])
    lock_sheet_at(second, {"A": "30", "B": "20"})
    AssignmentFactory(seat=scene.seats["chief"], entry=scene.entries[0])
    ScoreSheet.objects.update(comment="只给组委会")
    page = read(organiser, PROGRESS)
    assert "2<small>/ 3 份" in page
    for secret in ("86.5", "50.5", "36.5", "分歧", "只给组委会"):
        assert secret not in page and secret not in read(organiser, PANEL)
    with clock.rehearse(moments.PRELIMINARY_CLOSES):
        page = read(organiser, PROGRESS)
    assert "分歧较大" in page and "相差 36.5 分" in page
    assert "评委 04还有 1 份评分未提交：001 号。" in page


def test_reminders_go_to_those_who_owe_sheets(scene, organiser):
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0]), MARKS)
    assert organiser.post(PROGRESS + "remind/", {"seat": ["1", "2", "x"]}).headers["Location"] == PROGRESS
    message = Message.objects.get()
    assert message.recipient == scene.cast.judge.email
    assert message.subject == "【2026 年江高赛】您还有 1 份评分未提交"
    assert "10月15日 18:00" in message.body and "/judge/" in message.body
    organiser.post(PROGRESS + "remind/", {"seat": []})
    with clock.rehearse(moments.PRELIMINARY_CLOSES):
        assert organiser.post(PROGRESS + "remind/", {"seat": ["1"]}).status_code == 409
    assert Message.objects.count() == 1


def test_the_auditor_reads_progress_and_sends_nothing(scene, client):
    client.force_login(scene.cast.auditor)
    page = read(client, PROGRESS)
    assert "发提醒邮件" not in page and PANEL not in page
    assert client.post(PROGRESS + "remind/", {"seat": ["1"]}).status_code == 404
    assert Message.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(PANEL, 15), (PROGRESS, 11)])
def test_pages_cost_the_same_however_many_entries(cast, organiser, count, address, queries, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    for entry in scene.entries[1:]:
        lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=entry), MARKS)
    organiser.get(address)
    with django_assert_num_queries(queries):
        organiser.get(address)
