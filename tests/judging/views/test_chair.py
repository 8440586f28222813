import pytest
from django.urls import reverse

from core import clock
from judging import states
from judging.models import ScoreSheet, ScoreSheetUnlock
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene

CHAIR = "/judge/chair/jgs2026/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


def unlock_url(assignment):
    return reverse("judging:unlock", args=["jgs2026", assignment.public_id])


def test_the_chief_sees_who_submitted_and_no_marks(scene, client):
    sheet = lock_sheet_at(scene.assignment, MARKS)
    ScoreSheet.objects.filter(pk=sheet.pk).update(comment="只给组委会")
    client.force_login(scene.cast.chief)
    page = client.get(CHAIR).content.decode()
    assert "已提交" in page and unlock_url(scene.assignment) in page
    for secret in ("86.5", "50.5", "只给组委会"):
        assert secret not in page
        assert secret not in client.get(unlock_url(scene.assignment)).content.decode()


def test_the_chief_reopens_with_a_reason(scene, client):
    lock_sheet_at(scene.assignment, MARKS)
    client.force_login(scene.cast.chief)
    assert client.post(unlock_url(scene.assignment), {"reason": ""}).status_code == 422
    assert ScoreSheetUnlock.objects.count() == 0
    answer = client.post(unlock_url(scene.assignment), {"reason": "误填"})
    assert answer.headers["Location"] == CHAIR
    assert ScoreSheet.objects.get().state == states.DRAFT
    assert client.get(unlock_url(scene.assignment)).status_code == 404
    client.force_login(scene.cast.judge)
    page = client.get(reverse("judging:score", args=[scene.assignment.public_id])).content.decode()
    assert "组长已退回这份评分" in page and 'value="50.5"' in page
    assert "退回重评" in client.get("/judge/").content.decode()


def test_after_the_close_nothing_is_reopened(scene, client):
    lock_sheet_at(scene.assignment, MARKS)
    client.force_login(scene.cast.chief)
    with clock.rehearse(moments.PRELIMINARY_CLOSES):
        assert unlock_url(scene.assignment) not in client.get(CHAIR).content.decode()
        assert client.post(unlock_url(scene.assignment), {"reason": "误填"}).status_code == 409
    assert ScoreSheet.objects.get().state == states.LOCKED


def test_another_edition_in_the_address_is_not_found(scene, client):
    lock_sheet_at(scene.assignment, MARKS)
    client.force_login(scene.cast.chief)
    strange = reverse("judging:unlock", args=["other2026", scene.assignment.public_id])
    assert client.get(strange).status_code == 404


def test_an_edition_without_panels_says_so(cast, client):
    client.force_login(cast.chief)
    assert "还没有分配评审项目" in client.get(CHAIR).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_entries(cast, client, count, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    for entry in scene.entries[1:]:
        AssignmentFactory(seat=scene.seats["judge"], entry=entry)
    client.force_login(cast.chief)
    client.get(CHAIR)
    with django_assert_num_queries(8):
        client.get(CHAIR)


def test_many_entries_come_in_pages(cast, client, monkeypatch):
    monkeypatch.setattr("judging.views.chair.PER_PAGE", 2)
    build_scene(cast, entry_count=3)
    client.force_login(cast.chief)
    numbers = [client.get(f"{CHAIR}?page={page}").content.decode().count("jg-no--plain") for page in (1, 2)]
    assert numbers == [2, 1]
