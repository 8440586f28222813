from core import clock
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import build_scene

PAGE = "/org/jgs2026/statistics/preliminary/"


def page(client, at) -> str:
    with clock.rehearse(at):
        answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_before_the_close_and_severity_after_it(cast, client):
    scene = build_scene(cast, entry_count=4)
    for index, entry in enumerate(scene.entries):
        rows = [scene.assignment] if not index else [AssignmentFactory(seat=scene.seats["judge"], entry=entry)]
        rows.append(AssignmentFactory(seat=scene.seats["judge2"], entry=entry))
        for row, extra in zip(rows, (0, 8), strict=True):
            lock_sheet_at(row, {"A": str(30 + 4 * index + extra), "B": str(20 + index % 2)})
    client.force_login(cast.organiser)
    early = page(client, moments.DURING_PRELIMINARY)
    assert "评审结束后才有统计" in early and "Kendall" not in early
    late = page(client, moments.PRELIMINARY_CLOSES)
    assert "Kendall W" in late and "ICC(2,k)" in late and "偏宽" in late and "偏严" in late
    assert "1.000" in late and "没有偏离 2.5 个标准差以上的评分" in late


def test_a_graph_that_falls_apart_is_said(cast, client):
    scene = build_scene(cast, entry_count=2)
    pairs = [("judge", 0), ("judge2", 0), ("conflicted", 1), ("chief", 1)]
    for who, index in pairs:
        row = scene.assignment if who == "judge" else AssignmentFactory(seat=scene.seats[who], entry=scene.entries[index])
        lock_sheet_at(row, {"A": "30", "B": str(20 + len(who))})
    client.force_login(cast.organiser)
    assert "互不相干的 2 块" in page(client, moments.PRELIMINARY_CLOSES)
