"""Files stay small and are named after what they hold."""

from __future__ import annotations

from pathlib import Path

from tests.arch.sources import APPS, ROOT, name, python_files

LONGEST = 300
LONGEST_TEST = 500  # tables of cases
SAYING_NOTHING = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "base_utils"}


def test_no_file_is_longer_than_300_lines() -> None:
    # tools/ is left out: each verifier is one file on purpose, so that an outsider can read and carry it
    files = [*python_files(*APPS, "tests", "bench"), *(ROOT / "templates").rglob("*.html")]
    files += [*(ROOT / "static" / "css").glob("*.css"), *(ROOT / "static" / "js").rglob("*.js")]
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    limits = {path: LONGEST_TEST if path.startswith("tests/") else LONGEST for path in long}
    assert {path: lines for path, lines in long.items() if lines > limits[path]} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    def words(path: Path) -> set[str]:
        return {*path.relative_to(ROOT).parts[:-1], path.stem}

    found = [name(path) for path in python_files(*APPS, "tools", "bench") if words(path) & SAYING_NOTHING]
    assert found == []
