"""Sealing and counting 1,000 new ballots behind a long ledger and behind a short one."""

from __future__ import annotations

import statistics
import time
from typing import Any

from bench.bulk import add_ballots, add_counted_leaves
from bench.edition import SLUG
from bench.server import Server
from bench.world import build
from competitions.models import Edition
from core import clock
from voting.actions.count import count_ledger
from voting.actions.ledger import seal_ledger

HTTP, BOTH = False, True
SHORT, LONG, QUICK = 100_000, 10_000_000, 1_000_000
NEW = 1_000


def prepare(quick: bool) -> None:
    build()


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    edition, figures, have = Edition.objects.get(slug=SLUG), {}, 0
    for name, leaves in (("short", SHORT), ("long", QUICK if quick else LONG)):
        add_counted_leaves(edition, leaves - have)
        have = leaves
        figures[name] = [_once(edition) for _ in range(max(rounds, 3))]
        have += NEW * len(figures[name])
    short, long = (statistics.median(seconds) for seconds in figures.values())
    return {
        "leaves": QUICK if quick else LONG,
        "short_ms": round(1000 * short, 1),
        "long_ms": round(1000 * long, 1),
        "tally_growth": long / short,
    }


def _once(edition: Edition) -> float:
    add_ballots(edition, NEW)
    start = time.perf_counter()
    seal_ledger(edition=edition, at=clock.now())
    count_ledger(edition=edition, at=clock.now())
    return time.perf_counter() - start
