"""`python -m bench [SCENARIO …] [--quick] [--rounds N] [--only sqlite|postgresql]`: speed as ratios, on this machine.

Each scenario runs on a database of its own: SQLite, and PostgreSQL on the server of DATABASE_URL or a private one. Figures go to
var/bench/<scenario>.<database>.json as they come, the table of all kept ones to var/bench/bench.md, so a run can be continued
scenario by scenario. It fails when an acknowledged vote or autosave was lost, or a vote doubled; a missed figure is marked and does
not fail it.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
from typing import Any

from bench import report
from bench.databases import Databases, names
from bench.machine import machine
from bench.server import ROOT, Server, serving

SCENARIOS = ("vote", "mixed", "uploads", "replay", "tally", "seal", "recount", "lists", "imports", "autosave", "hall", "result")
PATIENCE = 300


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures the vote and what is counted from it.")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--quick", action="store_true", help="about a minute in all; small sizes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="", help="one database")
    options = parser.parse_args()
    if unknown := set(options.scenarios) - set(SCENARIOS):
        parser.error(f"no scenario {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers and scratch databases are put away
    done, failed = [], False
    with Databases() as databases:
        for scenario, database in _runs(options.scenarios or list(SCENARIOS), options.only):
            sys.stdout.write(f"{scenario} on {database} …\n")
            sys.stdout.flush()
            try:
                found = _measure(databases, scenario, database, options.quick, options.rounds)
            except (subprocess.SubprocessError, RuntimeError, OSError) as error:
                sys.stdout.write(f"  failed: {error}\n")
                failed = True
                continue
            report.save(scenario, database, found)
            done.append(found)
    sys.stdout.write(report.text(done))
    sys.stdout.write(f"\n{report.write(report.load())}\n")
    return 1 if failed or report.missed(done) else 0


def _runs(scenarios: list[str], only: str) -> list[tuple[str, str]]:
    """Scenario and database, in the order measured."""
    found = names(only)
    return [(one, name) for one in scenarios for name in found if name == "sqlite" or _flags(f"bench.scenarios.{one}")["BOTH"]]


def _flags(module: str) -> dict[str, bool]:
    """Read from the source: importing a scenario needs the settings of the measured server."""
    source = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    line = next(line for line in source.splitlines() if line.startswith("HTTP, BOTH = "))
    http, both = (word.strip() == "True" for word in line.partition("=")[2].split(","))
    return {"HTTP": http, "BOTH": both}


def _measure(databases: Databases, scenario: str, database: str, quick: bool, rounds: int) -> dict[str, Any]:
    """Prepares and measures in processes of their own, with the server's keys and settings."""
    start, size = time.perf_counter(), "quick" if quick else "full"

    def child(part: str, server: Server) -> str:
        command = [sys.executable, "-m", "bench.child", part, scenario, size, str(rounds), str(server.port), str(server.group)]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE)
        return done.stdout

    with databases.fresh(database) as env:
        child("prepare", Server(0, 0))
        if _flags(f"bench.scenarios.{scenario}")["HTTP"]:
            with serving(env) as server:
                figures = json.loads(child("measure", server))
        else:
            figures = json.loads(child("measure", Server(0, 0)))
    common = {"scenario": scenario, "database": database, "machine": machine(), "quick": quick, "rounds": rounds}
    return {**common, "took": time.perf_counter() - start, "figures": figures}


if __name__ == "__main__":
    raise SystemExit(main())
