"""The whole final on PostgreSQL: nine judges in nine browser contexts, twelve entrants, three networks cut for a minute, the
server killed once, two worker processes, five hundred viewers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from judging.models import RoadshowRoom, ScoreSheetVersion
from tests.cast import Cast
from tests.e2e.live_final import Play, open_stage, viewers, wait_offline
from tests.e2e.site import Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
JUDGES, ENTRANTS, VIEWERS, CUT_SECONDS = 9, 12, 500, 60.0
CUT_AT, KILLED_AT = 3, 7
CUT_OFF = (2, 5, 8)


@pytest.fixture
def play(cast: Cast, browser: Browser, tmp_path: Path) -> Iterator[Play]:
    expect.set_options(timeout=30_000)
    hall = open_stage(cast, judges=JUDGES, entries=ENTRANTS)
    play = Play(hall, Site(tmp_path), browser)
    play.site.start()
    try:
        play.begin()
        yield play
    finally:
        play.close()
        play.site.kill()


def test_nothing_is_lost_doubled_or_shown_wrong(play: Play) -> None:
    first = changes(play)
    with viewers(play.site.port, f"/screen/jgs2026/{play.hall.room.screen_token}/state/", VIEWERS) as counted:
        for entrant in range(ENTRANTS):
            play.step(entrant, "start_talk", "start_answers", "open_scoring")
            if entrant == CUT_AT:
                score_through_a_cut(play, entrant)
            elif entrant == KILLED_AT:
                score_through_a_restart(play, entrant)
            else:
                for seat in range(JUDGES):
                    play.fill(seat, entrant)
                    play.submit(seat)
            play.reveal(entrant)
    play.assert_nothing_lost_nothing_doubled(ENTRANTS)
    print(f"{VIEWERS} viewers: {counted}")
    assert counted["back"] == 0
    # A viewer gets each state once at most; how many polls find nothing new depends on how fast the hall is.
    assert 0 < counted["full"] <= VIEWERS * (changes(play) - first + 1)
    assert counted["unchanged"] > 0


def changes(play: Play) -> int:
    """How often the wall's state has changed: steps of the room, and sheets that came in."""
    room = RoadshowRoom.objects.get(pk=play.hall.room.pk)
    return room.version + ScoreSheetVersion.objects.count()


def score_through_a_cut(play: Play, entrant: int) -> None:
    """Three tablets are on the sheet when their network goes; they are filled in and pressed without it."""
    for seat in CUT_OFF:
        play.fill(seat, entrant)
        play.tablets[seat].context.set_offline(True)
    begun = time.monotonic()
    for seat in CUT_OFF:
        play.fill(seat, entrant)
        play.tablets[seat].get_by_role("button", name="提交评分").click()
        expect(play.tablets[seat].locator("[data-save-state]")).to_contain_text("未送达")
    for seat in set(range(JUDGES)) - set(CUT_OFF):
        play.fill(seat, entrant)
        play.submit(seat)
    wait_offline(CUT_SECONDS, begun)
    for seat in CUT_OFF:
        play.tablets[seat].context.set_offline(False)
        play.submit(seat)


def score_through_a_restart(play: Play, entrant: int) -> None:
    """Four have submitted, five have typed when every process of the server is killed."""
    for seat in range(JUDGES):
        play.fill(seat, entrant)
    for seat in range(4):
        play.submit(seat)
    play.site.kill()
    play.tablets[4].get_by_role("button", name="提交评分").click()
    expect(play.tablets[4].locator("[data-save-state]")).to_contain_text("未送达")
    play.site.start()
    for seat in range(4, JUDGES):
        play.submit(seat)
