"""The load itself, in a process with the server's settings: `python -m bench.rounds PORT SECONDS ROUNDS CONNECTIONS`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter

import django

django.setup()

from bench import requests  # noqa: E402
from bench.load import run  # noqa: E402
from core import clock  # noqa: E402
from voting.models import Ballot  # noqa: E402

ACCEPTED = {"vote": 302, "nothing": 204, "naive": 201}


def main(port: int, seconds: float, rounds: int, connections: int) -> dict:
    """Alternates the three views and returns rates, p95 and the count of accepted votes against the ledger's rows."""
    at = clock.now()
    sources = {"nothing": requests.nothings(at), "vote": requests.votes(at), "naive": requests.naives(at)}
    rates: dict[str, list[float]] = {name: [] for name in sources}
    p95: dict[str, list[float]] = {name: [] for name in sources}
    other: Counter[str] = Counter()
    accepted = 0
    for name, source in sources.items():  # warm up: every worker imports, connects and fills its caches
        warm = asyncio.run(run(port, source, connections, 1.0))
        accepted += warm.statuses[302] if name == "vote" else 0
    for _ in range(rounds):
        for name, source in sources.items():
            answered = asyncio.run(run(port, source, connections, seconds))
            rates[name].append(answered.statuses[ACCEPTED[name]] / answered.seconds)
            p95[name].append(answered.percentile(0.95))
            accepted += answered.statuses[302] if name == "vote" else 0
            other.update({f"{name} {status}": n for status, n in answered.statuses.items() if status != ACCEPTED[name]})
    return {"rates": rates, "p95": p95, "accepted": accepted, "rows": Ballot.objects.count(), "other": dict(other)}


if __name__ == "__main__":
    found = main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(found))
