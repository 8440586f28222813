"""Starting the measured server on a free port, and stopping it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A running web server: its port, and the process group all its processes are in."""

    port: int
    group: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data: Path, database_url: str) -> dict[str, str]:
    """The environment of server and preparation: a fresh data directory, SQLite unless a URL is given."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "DEBUG")}
    kept |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bench.settings", "ALLOWED_HOSTS": "127.0.0.1"}
    if database_url:
        kept["DATABASE_URL"] = database_url
    return kept


@contextmanager
def serving(env: dict[str, str]) -> Iterator[Server]:
    """The platform's own web command over the measured application; yields once it answers."""
    port = free_port()
    code = "import django; django.setup(); from jianggaosai.serving import web_command; print(*web_command('127.0.0.1', %d), sep='\\n')"
    said = subprocess.run([sys.executable, "-c", code % port], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    command = [*said.stdout.split("\n")[:-2], "bench.wsgi:application"]
    Path(env["DATA_DIR"], "static").mkdir(exist_ok=True)
    with Path(env["DATA_DIR"], "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, stdout=log, stderr=log)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
