"""Waiting for another process: until it happened, at most a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], bool]:
    def wait(condition: Callable[[], bool]) -> bool:
        for _ in range(600):
            if condition():
                return True
            time.sleep(0.1)
        return False

    return wait
