"""The whole public vote of 2023 over HTTP: 159,400 ballots, people naming 1 to 5 entries at a time; sealed at the end."""

from __future__ import annotations

import time
from typing import Any

from bench import requests
from bench.edition import SLUG
from bench.load import run
from bench.rounds import CONNECTIONS
from bench.server import Server
from bench.world import build
from competitions.models import Edition
from core import clock
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, LedgerLeaf

HTTP, BOTH = True, True
BALLOTS, QUICK = 159_400, 8_000
LONGEST = 240.0


def prepare(quick: bool) -> None:
    build()


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    at, wanted = clock.now(), QUICK if quick else BALLOTS
    posted = list(requests.campaign(at, wanted))
    acknowledged = 0

    def told(request: bytes, status: int) -> None:
        nonlocal acknowledged
        acknowledged += request.count(b"e=") if status == 302 else 0

    answered = run(server.port, iter(posted), CONNECTIONS, LONGEST, told)
    rows, start = Ballot.objects.count(), time.perf_counter()
    seal_ledger(edition=Edition.objects.get(slug=SLUG), at=at)
    return {
        "ballots": rows,
        "submissions": len(posted),
        "seconds": round(answered.seconds, 1),
        "ballots_per_second": round(rows / answered.seconds, 1),
        "p95_ms": round(1000 * answered.percentile(0.95), 1),
        "seal_seconds": round(time.perf_counter() - start, 2),
        "sealed": LedgerLeaf.objects.filter(kind="vote").count(),
        "replay": answered.seconds * BALLOTS / max(rows, 1),
        "is_extrapolated": rows < BALLOTS,
        "lost_or_doubled": abs(acknowledged - rows),
    }
