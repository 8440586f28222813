"""A crowd on the last evening: 70 % look at the board, 20 % at an entry, 10 % vote."""

from __future__ import annotations

from typing import Any

from bench import requests
from bench.load import run
from bench.rounds import CONNECTIONS
from bench.server import Server
from bench.world import build
from core import clock
from voting.models import Ballot

HTTP, BOTH = True, True


def prepare(quick: bool) -> None:
    build()


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    at = clock.now()
    source = requests.mixed(at)
    run(server.port, source, CONNECTIONS, 1.0)
    warm = Ballot.objects.count()
    answered = run(server.port, requests.ready(source, 2000), CONNECTIONS, 4.0 if quick else 15.0)
    rows = Ballot.objects.count() - warm
    return {
        "requests_per_second": round(sum(answered.statuses.values()) / answered.seconds, 1),
        "p50_ms": round(1000 * answered.percentile(0.5), 2),
        "p95_ms": round(1000 * answered.percentile(0.95), 2),
        "answers": dict(answered.statuses),
        "accepted": answered.statuses[302],
        "rows": rows,
        "lost_or_doubled": abs(answered.statuses[302] - rows),
    }
