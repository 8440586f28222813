from core import clock
from judging.models import JudgeProfile
from tests.factories import moments

OWN, SEAT = "/judge/profile/jgs2026/", "/org/jgs2026/panels/preliminary/seats/1/profile/"
VALUES = {"kind": "ip", "employer": "五邑大学", "past_employers": "甲公司\n乙公司", "industries": ["materials"], "ipc": "c09d、H01"}


def test_judge_and_organiser_keep_the_profile(scene, client):
    with clock.rehearse(moments.DURING_PRELIMINARY):
        client.force_login(scene.cast.judge)
        assert client.post(OWN, {**VALUES, "ipc": "涂料"}).status_code == 422
        assert JudgeProfile.objects.count() == 0
        client.post(OWN, VALUES)
        row = JudgeProfile.objects.get()
        assert (row.ipc, row.industries, row.employers) == (["C09D", "H01"], ["materials"], ["五邑大学", "甲公司", "乙公司"])
        client.force_login(scene.cast.organiser)
        assert "C09D、H01" in client.get(SEAT).content.decode()
        client.post(SEAT, {**VALUES, "employer": "丙公司"})
    row.refresh_from_db()
    assert row.employer == "丙公司"
