"""A Celery worker on PostgreSQL and Redis runs what a web process queued."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from core.outbox.models import Message
from tests.factories import moments

ROOT = Path(__file__).parents[2]
WORKER = ["-m", "celery", "-A", "jianggaosai", "--quiet", "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
ENQUEUE = "import django, sys; django.setup(); from core import jobs; jobs.enqueue(sys.argv[1], message_id=int(sys.argv[2]))"


@pytest.fixture
def environment(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """What a server's processes get: the test database, Redis, no DEBUG."""
    row = connection.settings_dict
    user = ":".join(quote(part, safe="") for part in (row["USER"], row["PASSWORD"]) if part)
    address = f"postgresql://{user}@{row['HOST']}:{row['PORT']}/{row['NAME']}"
    dropped = {"DEBUG", "TEST_DATA_DIR"}
    return {k: v for k, v in os.environ.items() if k not in dropped} | {
        "DATABASE_URL": address,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "jianggaosai.settings.base",
    }


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *WORKER], cwd=ROOT, env=environment)
    yield process
    process.terminate()
    process.wait(30)


def queue(environment: dict[str, str], message: Message) -> None:
    subprocess.run(
        [sys.executable, "-c", ENQUEUE, "core.deliver_message", str(message.pk)], cwd=ROOT, env=environment, check=True, timeout=60
    )


def queued_message() -> Message:
    return Message.objects.create(
        channel=Message.Channel.MAIL,
        recipient="a@example.invalid",
        subject="s",
        body="b",
        queued_at=moments.SET_UP,
        due_at=moments.SET_UP,
    )


def test_the_run_is_on_postgresql() -> None:
    assert connection.vendor == "postgresql"


def test_the_worker_runs_what_another_process_queued(
    environment: dict[str, str], worker: subprocess.Popen[bytes], wait_until: Callable[[Callable[[], bool]], bool]
) -> None:
    message = queued_message()
    queue(environment, message)
    assert wait_until(lambda: Message.objects.get(pk=message.pk).state == Message.State.SENT)
    assert Message.objects.get(pk=message.pk).attempts == 1


def test_a_job_queued_before_the_worker_started_is_not_lost(
    environment: dict[str, str], request: pytest.FixtureRequest, wait_until: Callable[[Callable[[], bool]], bool]
) -> None:
    message = queued_message()
    queue(environment, message)
    assert Message.objects.get(pk=message.pk).state == Message.State.QUEUED
    request.getfixturevalue("worker")
    assert wait_until(lambda: Message.objects.get(pk=message.pk).state == Message.State.SENT)
