"""Processes that live and end together, with real ones."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from jianggaosai.family import ENDINGS, Family

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)",
]
PARENT = [sys.executable, "-c", "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); sys.exit(3)"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def family(said: list[str]) -> Iterator[Family]:
    before = {number: signal.getsignal(number) for number in ENDINGS}
    family = Family(said.append, grace=5)
    yield family
    family.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def group_is_gone(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("number", ENDINGS)
def test_a_signal_ends_all_with_code_0(family: Family, number: int) -> None:
    family.start("web", FOREVER)
    family.start("worker", FOREVER)
    threading.Timer(0.5, os.kill, (os.getpid(), number)).start()
    assert family.watch() == 0
    assert [child.returncode for child in family.children.values()] == [-signal.SIGTERM, -signal.SIGTERM]


def test_when_one_ends_the_other_is_stopped_and_the_code_says_so(family: Family, said: list[str]) -> None:
    family.start("web", FOREVER)
    family.start("worker", [sys.executable, "-c", "import sys; sys.exit(3)"])
    assert family.watch() == 1
    assert family.children["web"].returncode == -signal.SIGTERM
    assert said == ["worker ended by itself with code 3; stopping the rest."]


def test_grandchildren_left_behind_are_ended_too(family: Family) -> None:
    family.start("worker", PARENT)
    assert family.watch() == 1
    leader = family.children["worker"].pid
    for _ in range(50):  # the orphan is reaped by the system's first process, a moment later
        if group_is_gone(leader):
            break
        time.sleep(0.1)
    assert group_is_gone(leader)


def test_a_second_signal_does_not_wait(family: Family) -> None:
    family.grace = 50
    family.start("worker", DEAF)
    for delay in (1.5, 2.0):
        threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert family.watch() == 0
    assert family.children["worker"].returncode == -signal.SIGKILL
