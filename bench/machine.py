"""What the figures were measured on, and what else ran there meanwhile."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.server import ROOT

TICK = os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, str]:
    """Cores, system, Python, commit and moment."""
    run = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    model = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "commit": run.stdout.strip() or "?",
        "cores": str(os.cpu_count()),
        "cpu": model,
        "python": platform.python_version(),
        "system": platform.platform(),
    }


@dataclass(frozen=True, slots=True)
class Cpu:
    """Seconds of CPU spent since the start of the machine: by all, and by the processes of one group."""

    everybody: float
    group: float


def cpu(group: int) -> Cpu:
    """What was spent so far by everybody and by process group `group`."""
    fields = [int(one) for one in _lines("/proc/stat")[0].split()[1:9]]
    busy = sum(fields) - fields[3] - fields[4]
    spent = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat[2]) == group:
            spent += sum(int(one) for one in stat[11:15])
    return Cpu(busy / TICK, spent / TICK)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return [""]
