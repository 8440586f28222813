"""Child processes that live and end together: when one ends, or somebody presses Ctrl-C, the others end too."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from types import FrameType

GRACE = 20.0
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Family:
    """Starts named commands and watches them. Each leads a process group of its own, so that Ctrl-C at a terminal
    reaches this process alone, which then ends the children in order and leaves nobody behind."""

    def __init__(self, say: Callable[[str], None], grace: float = GRACE) -> None:
        self.say = say
        self.grace = grace
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked = threading.Event()
        self.impatient = threading.Event()
        for number in ENDINGS:
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """The first signal asks for an orderly end, the second for an immediate one."""
        (self.impatient if self.asked.is_set() else self.asked).set()

    def start(self, name: str, command: list[str]) -> None:
        self.children[name] = subprocess.Popen(command, start_new_session=True)

    def ended(self) -> str | None:
        """Name of a child that has ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def watch(self) -> int:
        """Waits for a signal or for a child to end; ends all. Returns 0 after a signal, else 1."""
        while not self.asked.wait(0.2):
            name = self.ended()
            if name:
                self.say(f"{name} ended by itself with code {self.children[name].returncode}; stopping the rest.")
                self.stop()
                return 1
        self.say("\nStopping ...")
        self.stop()
        return 0

    def stop(self) -> None:
        """Asks every child to end, waits up to `grace` seconds, then ends by force what is left of each group."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        waited = 0.0
        while waited < self.grace and any(child.poll() is None for child in self.children.values()):
            if self.impatient.wait(0.1):
                break
            waited += 0.1
        for child in self.children.values():
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()
