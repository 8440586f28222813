import re

import pytest
from django.urls import reverse

from core import clock
from judging import states
from judging.models import Assignment, JudgeProfile, ScoreSheet
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene

PANEL = "/org/jgs2026/panels/preliminary/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


@pytest.fixture
def organiser(cast, client):
    client.force_login(cast.organiser)
    return client


def adjust(row) -> str:
    return reverse("judging:assignment-adjust", args=["jgs2026", "preliminary", row.public_id])


def read(client, url, status=200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def standing() -> set[tuple[int, int]]:
    rows = Assignment.objects.filter(state=states.ASSIGNED)
    return set(rows.values_list("seat__number", "entry__number"))


@pytest.fixture
def three(cast):
    scene = build_scene(cast, entry_count=3)
    scene.round.judges_per_entry = 3
    scene.round.save()
    return scene


def test_the_preview_shows_why_and_the_page_opens_with_the_last_cap(three, organiser):
    JudgeProfile.objects.create(user=three.cast.judge, industries=["materials"], ipc=["C09D"], updated_at=moments.DURING_PRELIMINARY)
    three.cast.edition.entries.update(industry="materials", ipc_main="C09D 5/00")
    page = read(organiser, PANEL + "assign/?seed=2026&cap=4")
    assert "产业相符，IPC C09D" in page and "3<small>/ 3" in page
    digest = re.search(r'name="digest" value="(\w{64})"', page).group(1)
    organiser.post(PANEL + "assign/", {"seed": "2026", "cap": "4", "digest": digest})
    assert len(standing()) == 9
    assert 'value="4"' in read(organiser, PANEL + "assign/")


def test_calibration_codes_are_read_and_faults_named(three, organiser):
    three.round.calibration_count = 1
    three.round.save()
    assert "没有编号 999 的参评项目" in read(organiser, PANEL + "assign/?seed=1&cap=&calibration=999")
    assert "至多 1 个校准项目" in read(organiser, PANEL + "assign/?seed=1&cap=&calibration=001、002")
    assert "校准项目" in read(organiser, PANEL + "assign/?seed=1&cap=&calibration=1")


def test_an_entry_is_handed_over_to_a_free_judge(three, organiser):
    page = read(organiser, adjust(three.assignment))
    assert "评委 04 席评" in page
    organiser.post(adjust(three.assignment), {"seat": three.seats["chief"].pk})
    assert standing() == {(4, 1)}


def test_judges_exchange_entries(three, organiser):
    other = AssignmentFactory(seat=three.seats["judge2"], entry=three.entries[1])
    assert "评委 02 的 002 号" in read(organiser, adjust(three.assignment))
    organiser.post(adjust(three.assignment), {"other": other.pk})
    assert standing() == {(2, 1), (1, 2)}


def test_what_was_begun_is_neither_handed_over_nor_exchanged(three, organiser):
    ScoreSheet.objects.create(assignment=three.assignment, state=states.DRAFT)
    assert "已开始评分，不能改派或对调" in read(organiser, adjust(three.assignment))
    assert organiser.post(adjust(three.assignment), {"seat": three.seats["chief"].pk}).status_code == 409
    other = AssignmentFactory(seat=three.seats["judge2"], entry=three.entries[1])
    lock_sheet_at(AssignmentFactory(seat=three.seats["chief"], entry=three.entries[2]), MARKS)
    assert "评委 04 的 003 号" not in read(organiser, adjust(other))
    assert standing() == {(1, 1), (2, 2), (4, 3)}


def test_who_has_it_or_must_not_is_no_substitute(three, organiser):
    AssignmentFactory(seat=three.seats["judge2"], entry=three.entries[0])
    page = read(organiser, adjust(three.assignment))
    assert "不可用：已分配这个项目" in page
    answer = organiser.post(adjust(three.assignment), {"seat": three.seats["judge2"].pk})
    assert answer.status_code == 422 and standing() == {(1, 1), (2, 1)}
