"""Which entries a round scores."""

from __future__ import annotations

from django.db.models import QuerySet

from competitions.models import Round
from core.once import once
from entries import states as entry_states
from entries.models import LONG_TEXTS, Entry
from judging import states
from judging.models import Assignment


def participants(round: Round) -> QuerySet[Entry]:
    """The entries of the round by number.

    Preliminary: every entry that passed the formality examination. Later rounds: the entries invited to it. Entries
    withdrawn or disqualified since, and finalists recorded as absent (弃赛), are not among them.
    """
    entries = Entry.objects.filter(edition_id=round.edition_id, state=entry_states.ACCEPTED)
    if round.kind != Round.Kind.PRELIMINARY:
        entries = entries.filter(pk__in=invited_ids(round)).exclude(
            slots__in=round.slots.filter(state=states.ABSENT)
        )
    return entries.select_related("group", "track").order_by("number")


def round_entries(round: Round) -> list[Entry]:
    """The participants without their long texts, read once a page."""
    return once(("participants", round.pk), lambda: list(participants(round).defer(*LONG_TEXTS)))


def invited_ids(round: Round) -> list[int]:
    """Primary keys of the entries at least one seat of the round still has."""
    held = Assignment.objects.filter(seat__panel__round=round).exclude(state=states.WITHDRAWN)
    return list(held.values_list("entry_id", flat=True).distinct().order_by("entry_id"))


def absent_ids(round: Round) -> set[int]:
    """Entries recorded as absent from the stage of the round (弃赛)."""
    return {entry for entry, state, _reason in _slots(round) if state == states.ABSENT}


def forgiven_ids(round: Round) -> set[int]:
    """Entries revealed on the stage with a reason for the sheets that are missing."""
    return {entry for entry, _state, reason in _slots(round) if reason}


def _slots(round: Round) -> list[tuple[int, str, str]]:
    rows = round.slots.values_list("entry_id", "state", "override_reason")
    return once(("slots", round.pk), lambda: list(rows))
