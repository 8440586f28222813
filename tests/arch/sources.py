"""The project's own sources, as paths and syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("core", "accounts", "competitions", "entries", "voting", "judging", "results", "console", "jianggaosai")


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files of the folders (default: all apps), without migrations."""
    found = [path for folder in folders or APPS for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(module: ast.AST) -> Iterator[str]:
    """The module each import statement names; `from a import b` names `a`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
