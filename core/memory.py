"""What a process remembers for a short while, so that a hot page does not ask the database the same thing again.

Nothing that decides is only remembered: whoever acts on a remembered value lets the database check it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any
from weakref import WeakSet


class Memory:
    """The newest `size` values by key. Threads share it; two may build the same value at once, the later one stays."""

    _all: WeakSet[Memory] = WeakSet()

    def __init__(self, size: int = 32) -> None:
        self.size = size
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        Memory._all.add(self)

    def get(self, key: Hashable) -> Any | None:
        return self._values.get(key)

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self.size:
                self._values.popitem(last=False)

    def recall(self, key: Hashable, build: Callable[[], Any]) -> Any:
        """The value under `key`, built when it is not remembered."""
        value = self._values.get(key)
        if value is None:
            value = build()
            self.put(key, value)
        return value

    def drop(self, key: Hashable) -> None:
        """Forgets one value, if it is there."""
        with self._lock:
            self._values.pop(key, None)

    def forget(self) -> None:
        with self._lock:
            self._values.clear()


def forget_everything() -> None:
    """Empties every memory of this process; between tests, whose databases give the same keys to other rows."""
    for memory in list(Memory._all):
        memory.forget()
