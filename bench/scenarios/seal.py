"""Sealing and signing a million ballots at once."""

from __future__ import annotations

import time
from typing import Any

from bench.bulk import add_ballots
from bench.edition import SLUG
from bench.server import Server
from bench.world import build
from competitions.models import Edition
from core import clock
from voting.actions.ledger import seal_ledger
from voting.models import LedgerLeaf

HTTP, BOTH = False, True
BALLOTS, QUICK = 1_000_000, 50_000


def prepare(quick: bool) -> None:
    add_ballots(build(), QUICK if quick else BALLOTS)


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    edition, ballots = Edition.objects.get(slug=SLUG), QUICK if quick else BALLOTS
    start = time.perf_counter()
    checkpoint = seal_ledger(edition=edition, at=clock.now())
    seconds = time.perf_counter() - start
    sealed = LedgerLeaf.objects.filter(edition=edition, kind="vote").count()
    assert checkpoint is not None and checkpoint.size == 1 + ballots == 1 + sealed
    return {"ballots": ballots, "seconds": round(seconds, 2), "seal_million": seconds * 1_000_000 / ballots, "is_extrapolated": quick}
