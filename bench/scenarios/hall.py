"""A live final: nine judges whose tablets save their marks once a second, by themselves and beside five hundred people who watch
the hall's screen."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from bench.load import Answered
from bench.server import Server
from bench.world import hurry
from core import clock
from judging.models import Assignment, RoadshowRoom
from tests.cast import build_cast
from tests.e2e.live_final import POLLERS, open_stage

HTTP, BOTH = True, True
JUDGES, VIEWERS = 9, 500
SECONDS, QUICK = 15.0, 4.0
WARM_UP = 3.0
EVERY = 1.0  # seconds between two saves of a tablet whose judge is typing
TOKEN = "a" * 32  # what the page's cookie and its form agree on


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
        with _viewers(server.port, path) as counted:
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


@contextmanager
def _viewers(port: int, path: str) -> Iterator[dict[str, int]]:
    """Everybody watches while the block runs; afterwards the mapping holds what they counted."""
    counted: dict[str, int] = {}
    command = [sys.executable, str(POLLERS), f"127.0.0.1:{port}", path, str(VIEWERS), "600"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        time.sleep(3)  # until all have come
        yield counted
        output, _ = process.communicate("stop\n", timeout=60)
        counted.update(json.loads(output))


class Tablet:
    """The page of one judge on the entrant who stands on the stage."""

    def __init__(self, assignment: Assignment, port: int) -> None:
        self.public_id, self.port, self.turn = assignment.public_id, port, 0
        client = Client()
        client.force_login(assignment.seat.judge, backend="accounts.backends.PasswordBackend")
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    async def work(self, seconds: float, found: Answered) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.turn += 1
            start = time.perf_counter()
            found.statuses[await self._send()] += 1
            found.latencies.append(time.perf_counter() - start)
            await asyncio.sleep(EVERY)

    async def _send(self) -> int:
        marks = {"mark-A": 40 + self.turn % 20 / 2, "mark-B": 30 - self.turn % 7}
        body = urlencode({**marks, "sequence": self.turn, "csrfmiddlewaretoken": TOKEN}).encode()
        head = (
            f"POST /judge/{self.public_id}/draft/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Cookie: {self.cookie}; csrftoken={TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1])
