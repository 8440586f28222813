"""Each web process keeps to a processor core of its own.

The threads of a Python process hand one lock to each other many times a request. From core to core each handing over waits for a
wake-up and leaves warm caches behind; within one core it does not.
"""

from __future__ import annotations

import fcntl
import os
import random
from pathlib import Path

_held: list[int] = []
"""The lock on this process's core. Nobody closes it: the system lets it go with the process, also when that is killed."""


def usable_cores() -> list[int]:
    """The cores this process may run on; empty where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def keep_to_a_core(folder: Path) -> int | None:
    """Takes a core that no other web process of this installation has, and returns it; `folder` holds a lock for each core.

    The search starts anywhere, so that several installations on one machine do not all sit on its first cores. With more processes
    than cores the others stay free (None), and so do all where the folder takes no locks: they run where the system puts them.
    """
    cores = usable_cores()
    for core in random.sample(cores, len(cores)):
        handle = _lock(folder / f"web-core-{core}.lock")
        if handle is not None:
            os.sched_setaffinity(0, {core})
            _held.append(handle)
            return core
    return None


def _lock(path: Path) -> int | None:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
