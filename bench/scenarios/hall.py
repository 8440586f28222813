"""A live final: nine judges whose tablets save their marks once a second, by themselves and beside five hundred people who watch
the hall's screen."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from bench.load import Answered
from bench.person import cookie_of, post
from bench.server import Server
from bench.world import hurry
from core import clock
from judging.models import Assignment, RoadshowRoom
from tests.cast import build_cast
from tests.e2e.live_final import open_stage, viewers

HTTP, BOTH = True, True
JUDGES, VIEWERS = 9, 500
SECONDS, QUICK = 15.0, 4.0
WARM_UP = 3.0
ALL_THERE = 3.0  # seconds until every viewer has come
EVERY = 1.0  # seconds between two saves of a tablet whose judge is typing


def prepare(quick: bool) -> None:
    hurry()
    hall = open_stage(build_cast(), judges=JUDGES, entries=2)
    hall.step(0, "start_talk", "start_answers", "open_scoring", at=clock.now())


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    room = RoadshowRoom.objects.select_related("round__edition", "current").get()
    assert room.current is not None
    assignments = Assignment.objects.filter(seat__panel__round=room.round, entry=room.current.entry_id).select_related("seat__judge")
    tablets = [Tablet(one, server.port) for one in assignments]
    path = f"/screen/{room.round.edition.slug}/{room.screen_token}/state/"
    _save(tablets, WARM_UP)
    alone, watched, polls = [], [], []
    for _ in range(rounds):
        alone.append(_save(tablets, QUICK if quick else SECONDS))
        with viewers(server.port, path, VIEWERS) as counted:
            time.sleep(ALL_THERE)
            watched.append(_save(tablets, QUICK if quick else SECONDS))
        polls.append(counted)
    return {
        "judges": len(tablets),
        "viewers": VIEWERS,
        "polls": polls[-1],
        "p50_ms_alone": _middle(alone, 0.5),
        "p95_ms_alone": _middle(alone, 0.95),
        "p50_ms_watched": _middle(watched, 0.5),
        "marks_beside_viewers": _middle(watched, 0.95),
        "failed_saves": sum(one.statuses.total() - one.statuses[200] for one in [*alone, *watched]),
    }


def _save(tablets: list[Tablet], seconds: float) -> Answered:
    found = Answered()

    async def everybody() -> None:
        await asyncio.gather(*(one.work(seconds, found) for one in tablets))

    asyncio.run(everybody())
    return found


def _middle(rounds: list[Answered], share: float) -> float:
    return round(1000 * statistics.median(one.percentile(share) for one in rounds), 1)


class Tablet:
    """The page of one judge on the entrant who stands on the stage."""

    def __init__(self, assignment: Assignment, port: int) -> None:
        self.public_id, self.port, self.turn = assignment.public_id, port, 0
        self.cookie = cookie_of(assignment.seat.judge)

    async def work(self, seconds: float, found: Answered) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.turn += 1
            start = time.perf_counter()
            found.statuses[await self._send()] += 1
            found.latencies.append(time.perf_counter() - start)
            await asyncio.sleep(EVERY)

    async def _send(self) -> int:
        fields = {"mark-A": 40 + self.turn % 20 / 2, "mark-B": 30 - self.turn % 7, "sequence": self.turn}
        status, _ = await post(self.port, f"/judge/{self.public_id}/draft/", self.cookie, fields)
        return status
