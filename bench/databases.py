"""The databases that are measured: SQLite always, PostgreSQL on the server of DATABASE_URL or on a private one.

A private server runs as an unprivileged user in a temporary folder with its durability left on, because a vote is answered
after it is on disk.
"""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from bench.server import ROOT, environment

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def names(wanted: str) -> list[str]:
    """Which of the databases can be measured here."""
    found = ["sqlite", *(["postgresql"] if os.environ.get("DATABASE_URL") or _has_server() else [])]
    return [name for name in found if wanted in ("", name)]


class Databases(ExitStack):
    """Empty databases with all tables. They are migrated once a run and copied from then on: migrating takes longer than most
    measurements."""

    def __init__(self) -> None:
        super().__init__()
        self._folders: dict[str, Path] = {}
        self._servers: dict[str, str] = {}

    @contextmanager
    def fresh(self, name: str) -> Iterator[dict[str, str]]:
        """The environment of a server on a fresh database of that kind, removed afterwards."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)))
            if name == "sqlite":
                shutil.copy(self._sqlite() / "db.sqlite3", folder)
                yield environment(folder, "")
            else:
                server, template = self._postgresql()
                yield environment(folder, stack.enter_context(_scratch(server, f"jgs_bench_{os.getpid()}", template)))

    def _sqlite(self) -> Path:
        if "sqlite" not in self._folders:
            self._folders["sqlite"] = folder = self._folder()
            _migrate(environment(folder, ""))
        return self._folders["sqlite"]

    def _postgresql(self) -> tuple[str, str]:
        template = f"jgs_bench_{os.getpid()}_template"
        if "postgresql" not in self._servers:
            self._servers["postgresql"] = server = os.environ.get("DATABASE_URL") or self.enter_context(_private_server())
            _migrate(environment(self._folder(), self.enter_context(_scratch(server, template))))
        return self._servers["postgresql"], template

    def _folder(self) -> Path:
        return Path(self.enter_context(tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)))


def _migrate(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "bench.child", "migrate"], cwd=ROOT, env=env, check=True, timeout=300)


def _has_server() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@contextmanager
def _private_server() -> Iterator[str]:
    """The same private server as `make test-services` starts, with durability on."""
    services = runpy.run_path(str(ROOT / "bin" / "test-services"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-pg-", ignore_cleanup_errors=True)))
        yield services["start_postgresql"](stack, folder, DURABLE)


@contextmanager
def _scratch(url: str, name: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on the server of a URL, dropped afterwards."""
    base, _, _ = url.rpartition("/")
    _execute(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield f"{base}/{name}"
    finally:
        _execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def _connect(url: str) -> Any:
    """A private server opens its port before it lets anybody in."""
    for _ in range(100):
        try:
            return psycopg2.connect(url)
        except psycopg2.OperationalError as error:
            if "starting up" not in str(error):
                raise
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not get ready")


def _execute(url: str, statement: str) -> None:
    connection = _connect(url)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()
