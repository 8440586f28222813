"""Tests whose programs are missing here are left out and named, with the one command that adds them. Under CI they stay
in and fail: a run that left something out must not look green."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ADVICE = {
    "e2e": "browser tests: no Chromium found. Add it with: make chromium   (or set CHROMIUM to its path)",
    "services": "tests of the real worker: DATABASE_URL and REDIS_URL are not set. Run them with: make test-services",
}


def chromium_path() -> str | None:
    """The Chromium named by CHROMIUM, else the one of the system."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> list[str]:
    """Folders of tests that cannot run here."""
    found = [] if chromium_path() else ["e2e"]
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        found.append("services")
    return found


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what cannot run. Under CI the browser tests stay in; the fixture `browser` then fails and says why."""
    marks = [mark for mark in missing() if not (mark == "e2e" and is_ci())]
    out = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Names what was left out, unless the run itself excluded it (`-m "not services"`)."""
    for mark in missing():
        if f"not {mark}" not in (config.option.markexpr or ""):
            terminalreporter.write_line(f"Left out — {ADVICE[mark]}")
