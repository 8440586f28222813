"""kill -9 under load: no acknowledged vote is lost, none is counted twice, nobody gets more than the quota.

Each test uses servers of its own and kills nothing else.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from pytest_django import Settings

from bench.server import free_port
from core import clock
from tests.faults.crowd import ROOT, Crowd, Process, until, web
from tests.faults.places import Place, installed, is_alive
from tools import verify_ledger

pytestmark = pytest.mark.timeout(900)  # each installs, kills, restarts and verifies a whole platform
VOTES = int(os.environ.get("FAULTS_VOTES", "300"))
"""Acknowledged before and again after each kill; 10,000 for the full drill on quiet cores."""
SEAL = """
from competitions.models import Edition
from core import clock
from voting.actions.ledger import seal_ledger
edition = Edition.objects.get()
while True:
    seal_ledger(edition=edition, at=clock.now())
"""
PUBLISH = """
from pathlib import Path
from competitions.models import Edition
from core import clock
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
edition = Edition.objects.get()
seal_ledger(edition=edition, at=clock.now())
write_ledger(edition, Path({folder!r}), clock.now())
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="jgs-faults-"))
    with installed(folder, request.param) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def _same_secret(place: Place, settings: Settings) -> None:
    """The voters' tokens are signed here and read there."""
    settings.SECRET_KEY = place.secret


def crowd(port: int) -> Crowd:
    found = Crowd(port, clock.now())
    found.start()
    found.wait_for(VOTES)
    return found


def check(place: Place, found: Crowd) -> None:
    """Every acknowledged ballot is there, once; and no voter has two votes, for each cast one."""
    found.stop()
    stored = [str(row[0]).replace("-", "") for row in place.query("SELECT submission FROM voting_ballot")]
    assert found.submissions() - set(stored) == set()
    assert len(stored) == len(set(stored))
    assert place.query("SELECT voter_tag FROM voting_ballot GROUP BY voter_tag HAVING count(*) > 1") == []


def check_ledger(place: Place) -> None:
    """Sealed anew, every ballot has one leaf, without a gap, and the independent verifier finds no fault."""
    folder = Path(tempfile.mkdtemp(prefix="jgs-faults-"))
    try:
        place.run(PUBLISH.format(folder=str(folder)))
        ((ballots,),) = place.query("SELECT count(*) FROM voting_ballot")
        leaves = place.query("SELECT count(*), count(DISTINCT ballot_id), max(\"index\") FROM voting_ledgerleaf WHERE kind = 'vote'")
        assert leaves == [(ballots, ballots, ballots)]
        assert list(verify_ledger.verify(folder)[0]) == []
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.usefixtures("_same_secret")
def test_kill_of_the_web_server(place: Place) -> None:
    port = free_port()
    with web(place.environment, port) as process:
        found = crowd(port)
        process.kill()
    with web(place.environment, port):
        found.wait_for(VOTES)
        check(place, found)
    check_ledger(place)


@pytest.mark.usefixtures("_same_secret")
def test_kill_of_the_worker_while_it_seals(place: Place) -> None:
    port = free_port()
    with web(place.environment, port):
        found = crowd(port)
        for _ in range(3):
            before = place.query("SELECT count(*) FROM voting_ledgercheckpoint")
            worker = Process([sys.executable, "-c", f"import django; django.setup()\n{SEAL}"], cwd=ROOT, env=place.environment)
            until(lambda before=before: place.query("SELECT count(*) FROM voting_ledgercheckpoint") > before, 60)
            worker.kill()
        found.wait_for(VOTES)
        check(place, found)
    check_ledger(place)


@pytest.mark.usefixtures("_same_secret")
def test_kill_of_the_database(place: Place) -> None:
    if place.is_sqlite:
        pytest.skip("SQLite lives in the web server: see its kill")
    port = free_port()
    with web(place.environment, port):
        found = crowd(port)
        place.kill_database()
        place.start_database()
        found.wait_for(VOTES)
        check(place, found)
    check_ledger(place)


def test_control_nothing_of_a_killed_database_is_left(place: Place) -> None:
    """A backend that cannot see by itself that its server is dead is dead too, and the server comes back."""
    if place.is_sqlite:
        pytest.skip("SQLite lives in the web server: see its kill")
    with closing(psycopg2.connect(place.url)) as connection:
        backend = connection.get_backend_pid()
        os.kill(backend, signal.SIGSTOP)
        place.kill_database()
        assert not is_alive(backend)
        place.start_database()
    assert place.query("SELECT 1") == [(1,)]


def test_control_a_lost_vote_and_a_doubled_one_are_seen() -> None:
    """What the check must be able to see."""

    class Database:
        def __init__(self, submissions: list[str], doubled: list[str]) -> None:
            self.rows = {"submission": submissions, "voter_tag": doubled}

        def query(self, statement: str) -> list[tuple[str]]:
            return [(value,) for value in self.rows[statement.split()[1]]]

    class Told:
        def stop(self) -> None:
            """Nothing to wait for."""

        def submissions(self) -> set[str]:
            return {"a", "b"}

    check(Database(["a", "b", "c"], []), Told())  # type: ignore[arg-type]
    for rows, doubled in ((["a", "c"], []), (["a", "b", "b"], []), (["a", "b"], ["tag"])):
        with pytest.raises(AssertionError):
            check(Database(rows, doubled), Told())  # type: ignore[arg-type]
