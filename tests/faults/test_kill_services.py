"""kill -9 of Redis and of a real Celery worker under load: the vote needs neither, and jobs go on when they are back.

Redis runs as an unprivileged user where the test itself is root; the worker is started by the platform's own command.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_django import Settings

from bench.server import free_port
from jianggaosai.serving import worker_command
from tests.faults.crowd import ROOT, Process, answers, until, web
from tests.faults.places import SERVICES, Place, installed, lasting_port
from tests.faults.test_kills import VOTES, check, check_ledger, crowd

pytestmark = pytest.mark.timeout(900)  # it installs, kills, restarts and verifies a whole platform
SEAL = "from core import jobs; jobs.enqueue('voting.seal_ledgers')"


class Redis:
    """A private Redis that keeps nothing on disk, as the platform needs it to."""

    def __init__(self, place: Place) -> None:
        program = SERVICES["find_program"]("redis-server")
        if program is None:
            pytest.fail("redis-server is not installed; Debian, as root: bin/apt redis-server")
        self.port = lasting_port()
        self._place = place
        self._command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.start()

    def start(self) -> None:
        self._process = Process(self._command, **self._place.as_user())
        until(lambda: answers(self.port), 60)

    def kill(self) -> None:
        self._process.kill()
        assert not answers(self.port)

    def close(self) -> None:
        self._process.end()


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="jgs-faults-"))
    with installed(folder, "postgresql") as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def redis(place: Place, settings: Settings) -> Iterator[Redis]:
    settings.SECRET_KEY = place.secret  # the voters' tokens are signed here and read there
    with closing(Redis(place)) as found:
        place.environment["REDIS_URL"] = f"redis://127.0.0.1:{found.port}/0"
        yield found


@pytest.fixture
def start_worker(place: Place) -> Iterator[Callable[[], Process]]:
    started: list[Process] = []

    def start() -> Process:
        started.append(Process(worker_command(), cwd=ROOT, env=place.environment))
        return started[-1]

    yield start
    for process in started:
        process.end()


def sealed(place: Place) -> int:
    return int(place.query("SELECT max(size) FROM voting_ledgercheckpoint")[0][0])


def seals_more(place: Place) -> None:
    """A job that is queued now is run: the ledger grows."""
    before = sealed(place)
    place.run(SEAL)
    until(lambda: sealed(place) > before, 120)


def test_kill_of_redis(place: Place, redis: Redis, start_worker: Callable[[], Process]) -> None:
    port = free_port()
    start_worker()
    with web(place.environment, port):
        found = crowd(port)
        seals_more(place)
        redis.kill()
        found.wait_for(VOTES)  # nobody who votes notices
        redis.start()
        seals_more(place)  # by the same worker, which has found Redis again
        check(place, found)
    check_ledger(place)


def test_kill_of_the_worker(place: Place, redis: Redis, start_worker: Callable[[], Process]) -> None:
    port = free_port()
    worker = start_worker()
    with web(place.environment, port):
        found = crowd(port)
        for _ in range(3):
            seals_more(place)
            place.run(SEAL)  # it may be at this one when it dies
            worker.kill()
            place.run(SEAL)
            before = sealed(place)
            found.wait_for(VOTES)
            assert sealed(place) == before, "control: without a worker nothing is sealed"
            worker = start_worker()
            until(lambda before=before: sealed(place) > before, 120)  # what was queued meanwhile
        check(place, found)
    check_ledger(place)
