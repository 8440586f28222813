"""A crowd of voters on a real web server, and what each of them was told."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import requests
from bench.load import Load
from jianggaosai.serving import PROCESSES, THREADS

ROOT = Path(__file__).parents[2]
CLIENTS = 16
LONGEST = 240.0


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool], seconds: float, process: Process | None = None) -> None:
    """Waits for another process; not any longer for one that has ended."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert process is None or process.popen.poll() is None, "the other process ended"
        assert time.monotonic() < deadline, "the other process did not get there"
        time.sleep(0.05)


class Process:
    """A process of this test alone, in a group of its own; `kill` is kill -9 for all of the group."""

    def __init__(self, command: list[str], **options: Any) -> None:
        self.popen = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
        )

    def kill(self) -> None:
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(20)

    def end(self) -> None:
        if self.popen.poll() is None:
            self.kill()


@contextmanager
def web(environment: dict[str, str], port: int) -> Iterator[Process]:
    """The platform's web server on `port`, with two processes where the database allows it."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(PROCESSES), "--blocking-threads", str(THREADS), "--log-level", "critical", "bench.wsgi:application"),
    ]
    process = Process(command, cwd=ROOT, env=environment)
    try:
        until(lambda: answers(port), 60, process)
        yield process
    finally:
        process.end()


class Crowd(threading.Thread):
    """Sends ballots of one vote each until it is stopped, a new voter every time; keeps what was acknowledged."""

    def __init__(self, port: int, at: datetime) -> None:
        super().__init__(daemon=True)
        self.load = Load(port, requests.votes(at), CLIENTS, LONGEST, self._told)
        self.acknowledged: list[bytes] = []

    def run(self) -> None:
        asyncio.run(self.load.run())

    def stop(self) -> None:
        """No further ballot is sent; answers on the way are waited for."""
        self.load.until = 0.0
        self.join(60)
        assert not self.is_alive()

    def wait_for(self, more: int) -> None:
        """Until so many more were acknowledged."""
        wanted = len(self.acknowledged) + more
        until(lambda: len(self.acknowledged) >= wanted, LONGEST)

    def submissions(self) -> set[str]:
        """The acknowledged ballots by the UUID of their submission (hex)."""
        return {UUID(request.rpartition(b"submission=")[2].decode()).hex for request in self.acknowledged}

    def _told(self, request: bytes, status: int) -> None:
        if status == 302:
            self.acknowledged.append(request)
