import pytest

from core import clock
from judging.models import ScoreSheet
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene

PAGE = "/judge/compare/jgs2026/preliminary/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


def test_own_marks_stand_side_by_side_the_highest_first(cast, client):
    scene = build_scene(cast, entry_count=3)
    client.force_login(cast.judge)
    assert "还没有评分" in client.get(PAGE).content.decode()
    lock_sheet_at(scene.assignment, {"A": "30", "B": "20"})
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1]), MARKS)
    ScoreSheet.objects.create(
        assignment=AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[2]), state="draft", draft={"A": "10"}
    )
    page = client.get(PAGE).content.decode()
    assert page.index(">002<") < page.index(">001<") < page.index(">003<")
    assert "86.5" in page and "未评完" in page


def test_the_declaration_comes_first_and_strangers_find_nothing(scene, client):
    scene.seats["judge"].declared_at = None
    scene.seats["judge"].save()
    client.force_login(scene.cast.judge)
    assert client.get(PAGE).headers["Location"].endswith("/judge/declaration/jgs2026/preliminary/")
    client.force_login(scene.cast.stranger)
    assert client.get(PAGE).status_code == 404
