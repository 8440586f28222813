"""The report: JSON for machines, a Markdown table for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.goals import GOALS
from bench.server import ROOT

FOLDER = ROOT / "var" / "bench"


def save(scenario: str, database: str, found: dict[str, Any]) -> None:
    """Keeps the figures of one scenario on one database; a later run of the same replaces them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{scenario}.{database}.json"
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load() -> list[dict[str, Any]]:
    """All figures that are kept, by scenario."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.*.json"))]


def text(runs: list[dict[str, Any]]) -> str:
    """The goals with their marks, then each scenario's figures."""
    lines = ["# Bench", "", "| figure | database | value | must | aim | |", "|---|---|--:|--:|--:|---|"]
    for run in runs + _between(runs):
        for key, goal in GOALS.items():
            if key in run["figures"]:
                value = run["figures"][key]
                lines.append(f"| {goal.name} | {run['database']} | {value:,.2f} | {goal.must:g} | {goal.aim:g} | {goal.mark(value)} |")
    lines.append("")
    for run in runs:
        lines += _section(run)
    return "\n".join(lines) + "\n"


def missed(runs: list[dict[str, Any]]) -> bool:
    """Whether something acknowledged was lost, or a vote counted twice: the figures that fail a run."""
    return any(run["figures"].get(name) for run in runs for name in ("lost_or_doubled", "failed_saves", "lost_saves"))


def _between(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Figures that compare the two databases."""
    rates = {run["database"]: run["figures"]["kinds"]["vote"]["rate"] for run in runs if run["scenario"] == "vote"}
    if len(rates) < 2 or not rates["postgresql"]:
        return []
    ratio = rates["sqlite"] / rates["postgresql"]
    return [{"scenario": "vote", "database": "both", "figures": {"sqlite_over_postgresql": ratio}}]


def _section(run: dict[str, Any]) -> list[str]:
    machine, figures = run["machine"], dict(run["figures"])
    size = "quick" if run["quick"] else f"{run['rounds']} rounds"
    lines = [f"## {run['scenario']} on {run['database']}", ""]
    lines += [f"{machine['at']}, commit {machine['commit']}, {machine['cores']} × {machine['cpu'] or '?'}, {size}, {run['took']:.0f} s in all", ""]
    if kinds := figures.pop("kinds", None):
        lines += ["| request | per second (median; rounds) | p50 ms | p95 ms | server CPU µs | client cores | foreign cores | other |"]
        lines += ["|---|--:|--:|--:|--:|--:|--:|---|"]
        for name, kind in kinds.items():
            rounds = ", ".join(f"{rate:,.0f}" for rate in kind["rates"])
            lines.append(
                f"| {name} | {kind['rate']:,.0f} ({rounds}) | {kind['p50_ms']} | {kind['p95_ms']} | {kind['server_cpu_us']} "
                f"| {kind['client_cores']} | {kind['foreign_cores']} | {kind['other_answers'] or ''} |"
            )
        lines.append("")
    profile = figures.pop("profile", "")
    lines += [f"- {name}: {value:,.2f}" if isinstance(value, float) else f"- {name}: {value}" for name, value in figures.items()]
    return [*lines, "", *(["```", profile, "```", ""] if profile else [])]


def write(runs: list[dict[str, Any]]) -> Path:
    """Writes the table beside the figures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "bench.md"
    path.write_text(text(runs), encoding="utf-8")
    return path
