"""`manage.py serve` for real: an empty folder, pages, a job run by the embedded worker, Ctrl-C, nothing left."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUEUE_A_MESSAGE = """
import time
import django
django.setup()
from core import clock, jobs
from core.outbox.models import Message
at = clock.now()
message = Message.objects.create(channel="mail", recipient="a@example.invalid", subject="s", body="b", queued_at=at, due_at=at)
jobs.enqueue("core.deliver_message", message_id=message.pk)
for _ in range(200):
    message.refresh_from_db()
    if message.state != "queued":
        break
    time.sleep(0.1)
print(message.state, message.attempts)
"""


@dataclass
class Site:
    process: subprocess.Popen[str]
    port: int
    environment: dict[str, str]

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()

    def run(self, *arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, text=True, capture_output=True, timeout=60, **options
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(environment: dict[str, str], port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--prepare", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def processes_in(folder: Path) -> list[str]:
    """Command lines of the processes that work on the data folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"DATA_DIR={folder}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    dropped = {"DEBUG", "DATABASE_URL", "REDIS_URL", "TEST_DATA_DIR"}
    environment = {k: v for k, v in os.environ.items() if k not in dropped}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "jianggaosai.settings.base", "PYTHONUNBUFFERED": "1"}
    port = free_port()
    process = serve(environment, port)
    assert process.stdout
    for line in process.stdout:
        if "The site is at" in line:
            break
    yield Site(process, port, environment)
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=60)


def test_it_serves_works_and_stops(site: Site, tmp_path: Path) -> None:
    status, headers, page = site.get("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    sheet = re.search(r'href="(/static/css/tokens\.[0-9a-f]{12}\.css)"', page)
    assert sheet, page
    status, headers, _ = site.get(sheet[1])
    assert (status, headers["cache-control"]) == (200, "max-age=31536000")

    assert site.run("-c", QUEUE_A_MESSAGE).stdout == "sent 1\n"

    second = site.run("manage.py", "serve", "--port", str(site.port))
    assert second.returncode == 1
    assert f"Port {site.port} on 127.0.0.1 is in use." in second.stderr

    assert len(processes_in(tmp_path)) >= 3
    site.process.send_signal(signal.SIGINT)
    output, _ = site.process.communicate(timeout=60)
    assert site.process.returncode == 0, output
    for _ in range(30):
        if not processes_in(tmp_path):
            break
        time.sleep(0.1)
    assert processes_in(tmp_path) == []
