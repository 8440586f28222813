import json
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

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
    assert client.get(PAGE).status_code == client.get(f"{PAGE}marks.csv").status_code == 404


def test_the_own_marks_are_a_file_too(cast, client):
    """Tasks that are not begun as well; 0.1-steps times weights are written as they add up, and nobody else's mark is there."""
    scene = build_scene(cast, entry_count=3)
    for one in cast.edition.rounds.get(kind="preliminary").rubrics.get().criteria.filter(code="A"):
        one.weight = Decimal("1.0125")
        one.save()
    lock_sheet_at(scene.assignment, {"A": "50.5", "B": "30"})
    ScoreSheet.objects.create(
        assignment=AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1]), state="draft", draft={"A": "10"}
    )
    AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[2])
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[2]), MARKS)
    client.force_login(cast.judge)
    assert f"{PAGE}marks.xlsx" in client.get(PAGE).content.decode()
    rows = {one["number"]: one for one in json.loads(client.get(f"{PAGE}marks.json").content)["rows"]}
    assert [(rows[code]["state"], rows[code]["mark_A"], rows[code]["mark_B"]) for code in ("001", "002", "003")] == [
        ("已提交", "50.5", "30"), ("草稿", "10", None), ("未评", None, None),
    ]  # fmt: skip
    assert rows["001"]["total"] == "81.13125"
    assert ",81.13125," in client.get(f"{PAGE}marks.csv").content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(client.get(f"{PAGE}marks.xlsx").content)).active
    total = next(cell for cell in sheet[4] if cell.value == 81.13125)
    assert (total.data_type, total.number_format) == ("n", "0.00000")
    assert client.get(f"{PAGE}marks.pdf").status_code == 404
