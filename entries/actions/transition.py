"""The one function through which every entry changes its state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actor import Actor
from core.audit import journal
from core.errors import NotAllowed
from entries.models import Entry, EntryTransition
from entries.states import ENTRY

PAST = {
    "submit": "submitted",
    "recall": "recalled",
    "pick_up": "picked-up",
    "put_back": "put-back",
    "accept": "accepted",
    "return": "returned",
    "reject": "rejected",
    "resubmit": "resubmitted",
    "withdraw": "withdrawn",
    "disqualify": "disqualified",
    "reinstate": "reinstated",
}


def lock_entry(entry: Entry) -> Entry:
    """The entry as it is now, its row locked until the end of the transaction."""
    return Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)


@transaction.atomic
def advance(
    entry: Entry, verb: str, *, actor: Actor, at: datetime, note: str = "", changes: dict[str, Any] | None = None
) -> Entry:
    """Takes `entry` one step through the table of `entries.states` and returns it as saved.

    `verb` is a key of the table; `changes` are fields saved in the same statement (number and group on acceptance,
    `submitted_at` on submission). The step goes to the timeline with `note` and to the journal. Refuses a step the
    table does not have (`WrongState`) and a person without the permission it names (`NotAllowed`); the platform itself
    needs none. Source: domain rules §9.2.
    """
    locked = lock_entry(entry)
    source = locked.state
    target = ENTRY.target(verb, source)
    if isinstance(actor, User) and not actor.has_perm(ENTRY.moves[verb].may, locked):
        raise NotAllowed
    fields = {**(changes or {}), "state": target}
    before = {name: _value(locked, name) for name in fields}
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    EntryTransition.objects.create(
        entry=locked, verb=verb, source=source, target=target, at=at, actor=actor.actor_label[:40], note=note
    )
    after = {name: _value(locked, name) for name in fields}
    journal.record(
        verb=f"entries.entry.{PAST[verb]}",
        obj=locked,
        actor=actor,
        at=at,
        edition=locked.edition.slug,
        before=before,
        after={**after, "note": note} if note else after,
    )
    return locked


def _value(entry: Entry, name: str) -> Any:
    return getattr(entry, f"{name}_id", getattr(entry, name))
