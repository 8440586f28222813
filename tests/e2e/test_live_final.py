"""A small live final on real server processes: a cut network, a killed server, viewers; the large one is in tests/services."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import Cast
from tests.e2e.live_final import Play, marks_of, open_stage, viewers
from tests.e2e.pollers import EVERY
from tests.e2e.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
JUDGES, ENTRANTS = 3, 2


@pytest.fixture
def play(cast: Cast, browser: Browser, tmp_path: Path) -> Iterator[Play]:
    hall = open_stage(cast, judges=JUDGES, entries=ENTRANTS)
    play = Play(hall, Site(tmp_path), browser)
    play.site.start()
    try:
        play.begin()
        yield play
    finally:
        play.close()
        play.site.kill()


def test_a_cut_network_and_a_killed_server_lose_nothing(play: Play) -> None:
    with viewers(play.site.port, f"/screen/jgs2026/{play.hall.room.screen_token}/state/", 12) as counted:
        play.step(0, "start_talk", "start_answers", "open_scoring")
        for seat in range(JUDGES):
            play.fill(seat, 0)
        play.tablets[2].context.set_offline(True)
        play.tablets[2].locator("#n-A").fill(str(marks_of(2, 0)[0]))  # typed once more while cut off
        play.tablets[2].get_by_role("button", name="提交评分").click()
        expect(play.tablets[2].locator("[data-save-state]")).to_contain_text("未送达")
        play.submit(0)
        play.submit(1)
        play.tablets[2].context.set_offline(False)
        play.submit(2)
        play.reveal(0)

        play.step(1, "start_talk", "start_answers", "open_scoring")
        play.fill(0, 1)
        play.submit(0)
        play.fill(1, 1)
        play.site.kill()
        play.tablets[1].get_by_role("button", name="提交评分").click()
        expect(play.tablets[1].locator("[data-save-state]")).to_contain_text("未送达")
        expect(play.wall.locator("[data-lost]")).to_be_visible()
        play.site.start()
        play.submit(1)
        play.fill(2, 1)
        play.submit(2)
        play.reveal(1)
        time.sleep(2 * EVERY)  # nothing happens: every viewer asks once more and is told so
    play.assert_nothing_lost_nothing_doubled(ENTRANTS)
    assert counted["back"] == 0
    assert counted["unchanged"] > 0
    assert counted["bytes"] / counted["full"] < 4000
