"""Laws 1–3 and 5: who may import whom, where, and who may read the clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.arch.sources import APPS, ROOT, imported, name, python_files, tree

PURE_OF_CORE = ("canonical", "rounding", "fault", "parsed", "text", "ledger")
EXCUSED = {
    "accounts/pure/mobile.py: phonenumbers": "the number tables of Hong Kong and Macau",
    "core/ledger/keys.py: cryptography": "Ed25519; the verifiers in tools/ have their own in the standard library",
}
CLOCK_CALLS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "localdate"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "time"}


def test_the_contracts_of_pyproject_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: " in done.stdout


def inline_imports(module: ast.Module) -> list[int]:
    return [
        node.lineno
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_imports_stand_on_top_but_in_apps_py() -> None:
    found = [f"{name(path)}:{line}" for path in python_files() if path.name != "apps.py" for line in inline_imports(tree(path))]
    assert found == []


def reads_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS):
        return False
    owner = node.func.value
    word = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return word in CLOCK_OWNERS


def test_only_core_clock_reads_the_clock() -> None:
    found = [f"{name(path)}:{node.lineno}" for path in python_files() for node in ast.walk(tree(path)) if reads_clock(node)]
    assert {line.partition(":")[0] for line in found} == {"core/clock.py"}


@pytest.mark.parametrize("line", ["timezone.now()", "datetime.now(UTC)", "date.today()", "time.time()", "datetime.datetime.now()"])
def test_a_reading_of_the_clock_is_seen(line: str) -> None:
    assert any(reads_clock(node) for node in ast.walk(ast.parse(line)))


def is_allowed_in_pure(module: str, app: str) -> bool:
    first, _, rest = module.partition(".")
    if first in APPS:
        part = rest.partition(".")[0]
        return part in PURE_OF_CORE if first == "core" else part == "pure" and APPS.index(first) <= APPS.index(app)
    return first in sys.stdlib_module_names


def test_pure_rooms_import_the_standard_library_only() -> None:
    rooms = [path for path in python_files() if "pure" in path.parts]
    rooms += [p for word in PURE_OF_CORE for p in (ROOT / "core").glob(f"{word}.py")]
    rooms += list((ROOT / "core" / "ledger").glob("*.py"))
    assert len(rooms) > 20
    found = {
        f"{name(path)}: {module if module.startswith(APPS) else module.partition('.')[0]}"
        for path in rooms
        for module in imported(tree(path))
        if not is_allowed_in_pure(module, path.relative_to(ROOT).parts[0])
    }
    assert found == set(EXCUSED)


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("decimal", True),
        ("core.rounding", True),
        ("core.ledger.tree", True),
        ("competitions.pure.window", True),
        ("core.clock", False),
        ("core.models", False),
        ("results.pure.rank", False),
        ("judging.models", False),
        ("django.db", False),
    ],
)
def test_what_a_pure_room_of_judging_may_import(module: str, allowed: bool) -> None:
    assert is_allowed_in_pure(module, "judging") is allowed
