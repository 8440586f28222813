"""`python -m bench [--quick]`: votes through the real page against a view that does nothing and a naive one.

SQLite always, PostgreSQL too when DATABASE_URL names a server (a scratch database is made and dropped). Rounds alternate; medians
and ratios are printed and written to var/bench/. Every accepted answer is counted against the rows in the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.server import ROOT, environment, serving

CONNECTIONS = 32


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures the vote.")
    parser.add_argument("--quick", action="store_true", help="3 s a run instead of 10")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    seconds = 3.0 if options.quick else 10.0
    report = {"machine": _machine(), "seconds": seconds, "rounds": options.rounds, "connections": CONNECTIONS}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        report["sqlite"] = _measure(environment(Path(folder), ""), 1, 4, seconds, options.rounds)
    if url := os.environ.get("DATABASE_URL", ""):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, _scratch(url) as scratch:
            report["postgresql"] = _measure(environment(Path(folder), scratch), 2, 4, seconds, options.rounds)
    return _write(report)


def _measure(env: dict[str, str], workers: int, threads: int, seconds: float, rounds: int) -> dict:
    """The figures of one database: preparation and load run as processes of their own, with the server's keys."""
    subprocess.run([sys.executable, "-m", "bench.prepare"], cwd=ROOT, env=env, check=True)
    with serving(env, workers, threads) as port:
        command = [sys.executable, "-m", "bench.rounds", str(port), str(seconds), str(rounds), str(CONNECTIONS)]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return {"workers": workers, "threads": threads, **json.loads(done.stdout)}


class _scratch:  # noqa: N801  reads as a verb in its with statement
    """A database of its own on the server of a URL, dropped afterwards."""

    def __init__(self, url: str) -> None:
        self.base, _, _ = url.rpartition("/")
        self.url, self.name = url, f"jgs_bench_{os.getpid()}"

    def __enter__(self) -> str:
        self._run(f"CREATE DATABASE {self.name}")
        return f"{self.base}/{self.name}"

    def __exit__(self, *_: object) -> None:
        self._run(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        subprocess.run(["psql", self.url, "-qc", statement], check=True)


def _machine() -> dict[str, str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return {"python": platform.python_version(), "cores": str(os.cpu_count()), "system": platform.platform(), "commit": commit, "at": at}


def _write(report: dict) -> int:
    lines = [f"# Bench {report['machine']['at']} at {report['machine']['commit']}", ""]
    lines += [f"{report['machine']['cores']} cores, load generator among them; {report['rounds']} alternated rounds of {report['seconds']:.0f} s.", ""]
    lost = 0
    for database in ("sqlite", "postgresql"):
        if found := report.get(database):
            lines += _section(database, found)
            lost += abs(found["accepted"] - found["rows"])
    if "postgresql" in report:
        ratio = _median(report["sqlite"], "vote") / _median(report["postgresql"], "vote")
        report["sqlite_over_postgresql"] = round(ratio, 2)
        lines += [f"SQLite ÷ PostgreSQL: {ratio:.2f} (must ≥ 0.8)", ""]
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vote.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "vote.md").write_text("\n".join(lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if lost else 0


def _section(database: str, found: dict) -> list[str]:
    naive, nothing, vote = (_median(found, name) for name in ("naive", "nothing", "vote"))
    rows = ["| view | requests/s (median; all rounds) | p95 ms |", "|---|--:|--:|"]
    for name in ("nothing", "vote", "naive"):
        rates = ", ".join(f"{rate:.0f}" for rate in found["rates"][name])
        rows.append(f"| {name} | {_median(found, name):.0f} ({rates}) | {1000 * statistics.median(found['p95'][name]):.1f} |")
    return [
        f"## {database}, {found['workers']} × {found['threads']}",
        "",
        *rows,
        "",
        f"vote ÷ naive: {vote / naive:.2f} (must ≥ 5) · vote ÷ nothing: {vote / nothing:.2f} (must ≥ 0.25)",
        f"accepted {found['accepted']}, rows {found['rows']}, other answers {found['other']}",
        "",
    ]


def _median(found: dict, name: str) -> float:
    return statistics.median(found["rates"][name])


if __name__ == "__main__":
    raise SystemExit(main())
