"""Which fields of an entry its applicant may change at a moment (domain rules §9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import dates
from core.errors import Refusal
from entries import states
from entries.errors import CorrectionOverdue, EntryNotEditable, RegistrationClosed, SupplementClosed
from entries.models import Entry
from entries.queries.dossier import open_return
from entries.queries.extension import may_still_register, supplement_ends


@dataclass(frozen=True, slots=True)
class Scope:
    """`names` is None while everything is open; otherwise the fields the examiner named.

    Names: a field of Entry (`summary`); `applicants` or `applicant.2.revenue`; `assets`, `asset.3` or `asset.3.number`;
    `files` or `file.proposal`. Rows count from 1 in the order of the list. A name opens everything under it.
    """

    names: frozenset[str] | None = None

    def allows(self, name: str) -> bool:
        return self.names is None or any(covers(opened, name) for opened in self.names)

    @property
    def is_partial(self) -> bool:
        return self.names is not None


def covers(opened: str, name: str) -> bool:
    """Whether naming `opened` opens `name`: `asset.3` opens `asset.3.number`, `assets` opens all of them."""
    return name == opened or name.startswith(f"{opened}.") or (opened.endswith("s") and name.startswith(f"{opened[:-1]}."))


def edit_scope(entry: Entry) -> Scope:
    """What is open by the entry's state alone; the time is `refuse_edit`'s business."""
    if entry.state == states.ACCEPTED:
        return Scope(frozenset({"files"}))
    if entry.state != states.RETURNED:
        return Scope()
    review = open_return(entry)
    return Scope(frozenset(comment.field for comment in review.comments.all()) if review else frozenset())


def edit_refusal(entry: Entry, at: datetime) -> Refusal | None:
    """Why the applicant cannot change the entry at `at`; None when they can.

    A draft is open while registration is for its lead, a returned entry until its review's `due_at` (excluded), the files
    of an accepted one until the edition's day for supplements.
    """
    if entry.state == states.ACCEPTED:
        until, _ = supplement_ends(entry)
        return None if until and at < until else SupplementClosed(what="附件")
    if entry.state not in states.EDITABLE:
        return EntryNotEditable(state=states.LABELS[entry.state])
    if entry.state == states.DRAFT:
        return None if may_still_register(entry, at) else RegistrationClosed()
    review = open_return(entry)
    if review is None or review.due_at is None or at >= review.due_at:
        return CorrectionOverdue(due=dates.moment(review.due_at) if review and review.due_at else "")
    return None


def refuse_edit(entry: Entry, at: datetime) -> None:
    """Raises the reason why the applicant cannot change the entry at `at`."""
    refusal = edit_refusal(entry, at)
    if refusal is not None:
        raise refusal
