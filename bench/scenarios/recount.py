"""An outsider recounts a published campaign of 159,400 votes with tools/verify_ledger.py, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.server import ROOT, Server
from tests.tools.published import large_contest, publish

HTTP, BOTH = False, False
VOTES, QUICK = 159_400, 20_000


def prepare(quick: bool) -> None:
    """Nothing: the campaign is made without a database."""


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    votes = QUICK if quick else VOTES
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        leaves = large_contest(votes)
        ledger = publish(Path(folder) / "ledger", leaves, tuple(range(100, len(leaves), 400)), form="entries")
        seconds = []
        for _ in range(max(rounds, 3)):
            start = time.perf_counter()
            subprocess.run([sys.executable, str(ROOT / "tools" / "verify_ledger.py"), str(ledger)], check=True, stdout=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
    return {"votes": votes, "seconds": [round(one, 2) for one in seconds], "recount": min(seconds) * 160_000 / votes, "is_extrapolated": quick}
