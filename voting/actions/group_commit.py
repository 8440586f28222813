"""Group commit: threads of one process that vote at the same moment share one transaction and one wait for the disk.

Whoever comes while another commits waits; the next one writes for all who wait, and nobody is answered before the commit that
carries their ballot. A statement costs nearly the same for one ballot as for sixteen: whoever writes waits a moment for those whose
requests are already being read (`on_the_way`), and not at all when there is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from threading import Lock, local
from types import TracebackType

from django.db import InterfaceError, OperationalError, connection

from voting.actions.cast_statement import CastCall, Row

Commit = Callable[[list[CastCall]], Sequence[list[Row]]]
Turn = Callable[[], AbstractContextManager[None]]
NOBODYS_FAULT = (OperationalError, InterfaceError)
LONGEST_WAIT = 0.01
"""Seconds that whoever writes waits for those on the way; most come within a few milliseconds, and one who is held up holds up nobody."""


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
    """Collects ballots; `commit` casts a list of them in one transaction and returns the rows of each, inside the `turn` of this
    process. Who comes while the process waits for its turn is in time."""

    def __init__(self, commit: Commit, turn: Turn = nullcontext) -> None:
        self._commit = commit
        self._turn = turn
        self._door = Lock()
        self._queue: list[Waiting] = []
        self._is_writing = False
        self._mine = local()
        self._coming = 0
        self._last_came: Lock | None = None

    def on_the_way(self) -> OnTheWay:
        """Around reading a request that will most likely cast a ballot, so that whoever writes waits for it."""
        return OnTheWay(self)

    def cast(self, call: CastCall) -> list[Row]:
        """Returns the rows of `call` once they are committed, by this thread or by the one before it."""
        mine = Waiting(call)
        mine.woken.acquire()
        with self._door:
            self._queue.append(mine)
            must_wait, self._is_writing = self._is_writing, True
            self._arrive()
        if must_wait:
            mine.woken.acquire()
        if not mine.is_done:
            self._lead(mine)
        if mine.error is not None:
            raise mine.error
        assert mine.rows is not None
        return mine.rows

    def set_out(self) -> None:
        """This thread is on the way."""
        with self._door:
            self._mine.is_coming = True
            self._coming += 1

    def turn_back(self) -> None:
        """This thread is no longer on the way, whether it has cast its ballot or not."""
        if self._mine.is_coming:
            with self._door:
                self._arrive()

    def _arrive(self) -> None:
        """Needs the door. The last one on the way lets the one go who waits to write."""
        if getattr(self._mine, "is_coming", False):
            self._mine.is_coming = False
            self._coming -= 1
        if self._coming == 0 and self._last_came is not None:
            self._last_came.release()
            self._last_came = None

    def _lead(self, mine: Waiting) -> None:
        """Writes for all who wait, then wakes the next to lead and everybody who is answered. Each is woken by itself: with one
        lock for all, whoever is answered would queue for it once more behind the next commit."""
        self._wait_for_those_on_the_way()
        batch: list[Waiting] = []
        try:
            with self._turn():
                batch = self._take()
                self.write(batch)
        except Exception as error:  # there is no turn to be had, for any of them
            batch = batch or self._take()
            for one in batch:
                if not one.is_done:
                    one.error = error
        with self._door:
            self._is_writing = bool(self._queue)
            woken = [*self._queue[:1], *batch]
        for one in woken:
            if one is not mine:
                one.woken.release()

    def _take(self) -> list[Waiting]:
        with self._door:
            batch, self._queue = self._queue, []
        return batch

    def _wait_for_those_on_the_way(self) -> None:
        with self._door:
            if self._coming == 0:
                return
            self._last_came = came = Lock()
            came.acquire()
        came.acquire(timeout=LONGEST_WAIT)
        with self._door:
            self._last_came = None

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


class OnTheWay:
    """From reading a request to its ballot's turn in the queue; see GroupCommit.on_the_way."""

    __slots__ = ("_group",)

    def __init__(self, group: GroupCommit) -> None:
        self._group = group

    def __enter__(self) -> None:
        self._group.set_out()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._group.turn_back()
