import pytest

from core import clock
from judging.models import Assignment
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS

PROGRESS = "/org/jgs2026/progress/preliminary/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


def page(client, who) -> str:
    client.force_login(who)
    return client.get(PROGRESS).content.decode()


@pytest.fixture
def apart(scene):
    """86.5 and 51 for one entry, everything submitted."""
    lock_sheet_at(scene.assignment, MARKS)
    lock_sheet_at(AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[0]), {"A": "30", "B": "21"})
    return scene


def test_the_organiser_is_alarmed_without_figures_and_no_judge_is(apart, client):
    shown = page(client, apart.cast.organiser)
    assert "评分分歧超过设定的项目" in shown and "加派评委" in shown
    assert [word for word in ("86.5", "51.0", "35.5") if word in shown] == []
    for who in (apart.cast.chief, apart.cast.auditor):
        assert "分歧" not in page(client, who)


def test_no_alarm_while_a_sheet_is_missing_or_below_the_settings(apart, client):
    row = AssignmentFactory(seat=apart.seats["chief"], entry=apart.entries[0])
    assert "分歧" not in page(client, apart.cast.organiser)
    row.delete()
    apart.round.spread_alarm, apart.round.distance_alarm = 40, 40
    apart.round.save()
    assert "分歧" not in page(client, apart.cast.organiser)


def test_an_extra_judge_is_called(apart, client):
    client.force_login(apart.cast.organiser)
    address = f"/org/jgs2026/panels/preliminary/extra/{apart.entries[0].public_id}/"
    shown = client.get(address).content.decode()
    assert "评委 04 席评" in shown and "已分配这个项目" in shown
    assert client.post(address, {"seat": apart.seats["judge"].pk}).status_code == 422
    assert client.post(address, {"seat": apart.seats["chief"].pk}).headers["Location"] == PROGRESS
    assert Assignment.objects.filter(seat=apart.seats["chief"], state="assigned").count() == 1
    assert "分歧" not in page(client, apart.cast.organiser)
