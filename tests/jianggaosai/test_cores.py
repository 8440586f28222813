"""Each web process keeps to a core of its own; a killed one leaves its core to the next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jianggaosai.cores import usable_cores

ROOT = Path(__file__).parents[2]
KEEP = """
import os, sys
from pathlib import Path
from jianggaosai.cores import keep_to_a_core
print(keep_to_a_core(Path(sys.argv[1])), sorted(os.sched_getaffinity(0)), flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(not usable_cores(), reason="this system does not say which cores there are")


class Keeper:
    """A process that keeps to a core until it is killed: `core` is what it took, `runs_on` where it may run."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", KEEP, str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline().strip()
        core, _, runs_on = said.partition(" ")
        self.core = None if core == "None" else int(core)
        self.runs_on = [int(one) for one in runs_on.strip("[]").split(", ")]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def keepers(tmp_path: Path):
    found: list[Keeper] = []

    def start() -> Keeper:
        found.append(Keeper(tmp_path))
        return found[-1]

    yield start
    for one in found:
        one.kill()


def test_every_process_has_another_core_and_those_too_many_stay_free(keepers) -> None:
    kept = [keepers() for _ in usable_cores()]
    assert sorted(one.core for one in kept) == usable_cores()
    assert all(one.runs_on == [one.core] for one in kept)
    free = keepers()
    assert (free.core, free.runs_on) == (None, usable_cores())


def test_a_killed_process_leaves_its_core_to_the_next(keepers) -> None:
    kept = [keepers() for _ in usable_cores()]
    kept[0].kill()
    assert keepers().core == kept[0].core


def test_a_folder_that_takes_no_locks_keeps_nobody(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "is not there")
    assert (keeper.core, keeper.runs_on) == (None, usable_cores())
    keeper.kill()
