"""Passing several entries at once: each is judged, picked up and passed by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.errors import Refusal
from entries.actions.decision import accept_entry
from entries.actions.formality import pick_up_entry
from entries.models import Entry
from entries.queries.bulk import looks
from entries.queries.formality import open_review

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of one entry: passed with its number, or why not."""

    entry: Entry
    refusal: str = ""


def accept_many(*, entries: Iterable[Entry], note: str, actor: User, at: datetime) -> list[Passed]:
    """Passes the entries the platform has no doubt about, one after another; those with doubts and those that are refused
    stay as they were, with the reason. One entry's refusal does not touch the others."""
    results = []
    for entry in list(entries)[:LIMIT]:
        doubt = looks([entry], actor, at)[0].doubt
        if doubt:
            results.append(Passed(entry, doubt))
            continue
        try:
            with transaction.atomic():
                held = open_review(entry) or pick_up_entry(entry=entry, actor=actor, at=at)
                accepted = accept_entry(entry=entry, note=note, actor=actor, at=at) if held else entry
        except Refusal as refusal:
            results.append(Passed(entry, refusal.text))
        else:
            results.append(Passed(accepted))
    return results
