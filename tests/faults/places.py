"""A whole installation of this test alone: database, web server, worker; each can be killed and started again.

The database is SQLite in a temporary folder, or a private PostgreSQL with durability on, run by an unprivileged user.
"""

from __future__ import annotations

import os
import random
import runpy
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bench.databases import DURABLE
from bench.server import environment
from tests.faults.crowd import ROOT, Process, answers, until

SERVICES = runpy.run_path(str(ROOT / "bin" / "test-services"))


def lasting_port() -> int:
    """A free port below those that outgoing connections get: a client that knocks at a dead server's port from that very port
    would be connected to itself, and the server could not come back."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


def children(process: int) -> list[int]:
    return [int(found) for found in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_alive(process: int) -> bool:
    """Whether it still runs; one that is dead and not yet fetched by its parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Place:
    """One installation. `query` asks its database directly, past all code of ours."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.is_sqlite = folder, database == "sqlite"
        self.server: Process | None = None
        if self.is_sqlite:
            self.environment = environment(folder, "")
        else:
            self.port = lasting_port()
            self._make_cluster()
            self.start_database()
            self.url = f"postgresql://jgs@127.0.0.1:{self.port}/postgres"
            self.environment = environment(folder, self.url)

    def prepare(self) -> None:
        """All tables and an open vote."""
        for part in ("migrate", "prepare vote quick 1 0 0"):
            command = [sys.executable, "-m", "bench.child", *part.split()]
            subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=300)

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        connect = (lambda: sqlite3.connect(self.folder / "db.sqlite3")) if self.is_sqlite else (lambda: psycopg2.connect(self.url))
        with closing(connect()) as found, closing(found.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    @property
    def secret(self) -> str:
        return (self.folder / "keys" / "secret").read_text().strip()

    def run(self, code: str) -> subprocess.CompletedProcess[str]:
        """Runs Python in the installation to its end."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=300, capture_output=True, text=True)

    def start_database(self) -> None:
        if not self.is_sqlite:
            settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", **DURABLE}
            flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            self.server = Process([self._program("postgres"), "-D", str(self.folder / "cluster"), *flags], **self.as_user())
            until(lambda: answers(self.port) and self._accepts(), 60, self.server)

    def kill_database(self) -> None:
        """kill -9 for every process of the private server. Each of PostgreSQL's backends leads a session of its own, so that a
        signal to the server's group misses it; one that is still there when the server comes back keeps it from starting."""
        assert self.server is not None
        os.kill(self.server.popen.pid, signal.SIGSTOP)  # has no more children from here on
        backends = children(self.server.popen.pid)
        for backend in backends:
            os.kill(backend, signal.SIGKILL)
        self.server.kill()
        until(lambda: not any(is_alive(backend) for backend in backends), 20)

    def end(self) -> None:
        if self.server is not None:
            self.server.end()

    def _accepts(self) -> bool:
        try:
            psycopg2.connect(f"postgresql://jgs@127.0.0.1:{self.port}/postgres", connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        data = self.folder / "cluster"
        data.mkdir()
        if os.geteuid() == 0:
            account = SERVICES["unprivileged"]()
            for folder in (self.folder, *self.folder.parents):
                if str(folder).startswith("/tmp/") and folder.owner() == "root":
                    folder.chmod(folder.stat().st_mode | 0o011)
            os.chown(data, account.pw_uid, account.pw_gid)
        command = [self._program("initdb"), "-D", str(data), "-U", "jgs", "-A", "trust", "-E", "UTF8"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self.as_user())

    def _program(self, name: str) -> str:
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
        found = SERVICES["find_program"](name, *versions)
        if found is None:
            pytest.fail(f"{name} is not installed; Debian, as root: bin/apt postgresql")
        return found

    def as_user(self) -> dict[str, Any]:
        """What a server is started with that must not be root."""
        common: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
        if os.geteuid() == 0:
            account = SERVICES["unprivileged"]()
            common |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return common


@contextmanager
def installed(folder: Path, database: str) -> Iterator[Place]:
    """An installation with an open vote, put away afterwards."""
    place = Place(folder, database)
    try:
        place.prepare()
        yield place
    finally:
        place.end()
