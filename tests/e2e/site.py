"""A real server beside the test: granian with several worker processes on the database of the test run, which can be
killed and started again on the same port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from jianggaosai.serving import THREADS

ROOT = Path(__file__).parents[2]


@dataclass
class Site:
    """`folder` is the server's own data folder. The workers see what the test has committed, and nothing else."""

    folder: Path
    workers: int = 2
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / "server.log"
        self.port = self.port or _free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--workers", str(self.workers), "--blocking-threads", str(THREADS), "tests.e2e.site_wsgi:application"]
        program = str(Path(sys.executable).parent / command[0])
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [program, *command[1:]], cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"The server did not start: {self.log.read_text()}")

    def kill(self) -> None:
        """Every process at once, without a chance to finish anything."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(5)
            try:
                probe.connect(("127.0.0.1", self.port))
                probe.sendall(b"GET /healthz/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return probe.recv(12).endswith(b"200")
            except OSError:
                return False

    def _environment(self) -> dict[str, str]:
        row = connection.settings_dict
        found = {**os.environ, "TEST_DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "jianggaosai.settings.test"}
        found.pop("DATABASE_URL", None)
        if connection.vendor == "postgresql":
            user = ":".join(quote(part, safe="") for part in (row["USER"], row["PASSWORD"]) if part)
            found["DATABASE_URL"] = f"postgresql://{user}@{row['HOST']}:{row['PORT']}/{row['NAME']}"
        elif not (self.folder / "db.sqlite3").exists():
            (self.folder / "db.sqlite3").symlink_to(row["NAME"])
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
