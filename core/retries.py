"""Rows that are sent until it works: claimed by one worker, tried again after pauses that double, given up in the end.

For models with `state` (one of QUEUED, SENT, FAILED), `attempts`, `due_at`, `sent_at` and `last_error`: messages of the outbox and
deliveries of webhooks. No lock is held while the other side thinks. Should the process die between the sending and the note of it,
the row goes out twice: rather twice than never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, Model

Row = TypeVar("Row", bound=Model)
QUEUED, SENT, FAILED = "queued", "sent", "failed"
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and at what pauses. `lease`: a try whose process died is made again after it. `first_pause`: after the first fault;
    each further one is twice as long. `most` tries. `swept`: rows one sweep takes at most."""

    lease: timedelta
    first_pause: timedelta
    most: int
    swept: int

    def claim(self, row: Row, at: datetime) -> Row | None:
        """The row, with a try counted, for the one worker that may make it now; None when it is not due or another has it."""
        state: Any = row
        if state.state != QUEUED or state.due_at > at:
            return None
        mine = type(row)._default_manager.filter(pk=row.pk, state=QUEUED, due_at=state.due_at)
        if not mine.update(due_at=at + self.lease, attempts=F("attempts") + 1):
            return None
        row.refresh_from_db(fields=["due_at", "attempts"])
        return row

    def note_sent(self, row: Any, at: datetime, *, also: tuple[str, ...] = ()) -> None:
        """It went out; `also` names columns the caller changed, saved in the same statement."""
        row.state, row.sent_at, row.last_error = SENT, at, ""
        row.save(update_fields=["state", "sent_at", "last_error", *also])

    def note_fault(self, row: Any, error: str, at: datetime, *, is_hopeless: bool = False) -> None:
        """It did not: the row waits for its next try, or is given up after the last one or when none can help."""
        row.last_error = error[:LONGEST_ERROR]
        row.due_at = at + self.first_pause * 2 ** (row.attempts - 1)
        if row.attempts >= self.most or is_hopeless:
            row.state = FAILED
        row.save(update_fields=["last_error", "due_at", "state"])

    def waiting(self, model: type[Model], at: datetime) -> list[int]:
        """Primary keys of rows that should be out by `at`; the sweep sends what a lost job left behind."""
        due = model._default_manager.filter(state=QUEUED, due_at__lte=at)
        return list(due.order_by("due_at").values_list("pk", flat=True)[: self.swept])
