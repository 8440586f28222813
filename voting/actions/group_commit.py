"""Group commit: threads of one process that vote at the same moment share one transaction and one wait for the disk.

Whoever comes while another commits waits; the next one writes for all who wait, and nobody is answered before the commit that
carries their ballot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from django.db import InterfaceError, OperationalError, connection

from voting.actions.cast_statement import CastCall, Row

Commit = Callable[[list[CastCall]], Sequence[list[Row]]]
NOBODYS_FAULT = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Waiting:
    """One thread's ballot and, after the commit, what became of it. `woken` is let go when it is answered, or when it is its turn."""

    call: CastCall
    rows: list[Row] | None = None
    error: Exception | None = None
    woken: Lock = field(default_factory=Lock)

    @property
    def is_done(self) -> bool:
        return self.rows is not None or self.error is not None


class GroupCommit:
    """Collects ballots; `commit` casts a list of them in one transaction and returns the rows of each."""

    def __init__(self, commit: Commit) -> None:
        self._commit = commit
        self._door = Lock()
        self._queue: list[Waiting] = []
        self._is_writing = False

    def cast(self, call: CastCall) -> list[Row]:
        """Returns the rows of `call` once they are committed, by this thread or by the one before it."""
        mine = Waiting(call)
        mine.woken.acquire()
        with self._door:
            self._queue.append(mine)
            must_wait, self._is_writing = self._is_writing, True
        if must_wait:
            mine.woken.acquire()
        if not mine.is_done:
            self._lead(mine)
        if mine.error is not None:
            raise mine.error
        assert mine.rows is not None
        return mine.rows

    def _lead(self, mine: Waiting) -> None:
        """Writes for all who wait, then wakes the next to lead and everybody who is answered. Each is woken by itself: with one
        lock for all, whoever is answered would queue for it once more behind the next commit."""
        with self._door:
            batch, self._queue = self._queue, []
        self.write(batch)
        with self._door:
            self._is_writing = bool(self._queue)
            woken = [*self._queue[:1], *batch]
        for one in woken:
            if one is not mine:
                one.woken.release()

    def write(self, batch: list[Waiting]) -> None:
        """One transaction for all. A ballot that breaks it must not take the others with it: then each gets its own."""
        try:
            found = self._commit_or_again([one.call for one in batch])
        except Exception as error:  # whatever it is, it is raised in the thread whose ballot it was
            if len(batch) > 1 and not isinstance(error, NOBODYS_FAULT):
                for one in batch:
                    self.write([one])
                return
            for one in batch:
                one.error = error
        else:
            for one, rows in zip(batch, found, strict=True):
                one.rows = rows

    def _commit_or_again(self, calls: list[CastCall]) -> Sequence[list[Row]]:
        """A connection that died or a deadlock is no ballot's fault: all get one more try. The UUID of a submission makes that
        safe: if the first try did commit, the second returns its receipts."""
        try:
            return self._commit(calls)
        except NOBODYS_FAULT:
            connection.close_if_unusable_or_obsolete()
            return self._commit(calls)
