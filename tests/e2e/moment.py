"""The clock of a browser test: one moment for the test and for the threads of the live server, moved by hand.

`core.clock.rehearse` reaches only the thread that calls it, and the live server answers in threads of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Moment:
    at: datetime

    def read(self) -> datetime:
        return self.at

    def go_to(self, at: datetime) -> None:
        self.at = at

    def pass_by(self, **span: float) -> None:
        """Lets time run, for example `pass_by(minutes=5)`."""
        self.at += timedelta(**span)
