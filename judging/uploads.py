"""Decks arrive in pieces (core.uploads): what may come, and where it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from core.files import PDF, PPTX, CheckedFile
from core.uploads.purposes import Allowance, Purpose
from entries.queries.access import get_entry_for
from judging.actions.finalist import OWN, add_deck, require_deck_open
from judging.queries.finalist import DECK_LIMIT


def allow_deck(user: Any, target: str, slot: str, at: datetime) -> Allowance:
    """`target` is an entry's public id."""
    require_deck_open(get_entry_for(user, target, to=OWN), at)
    return Allowance((PDF, PPTX), DECK_LIMIT)


def take_deck(user: Any, target: str, slot: str, checked: CheckedFile, at: datetime) -> str:
    entry = get_entry_for(user, target, to=OWN)
    add_deck(entry=entry, upload=checked, actor=user, at=at)
    return reverse("judging:final-entry", args=[entry.public_id])


DECK = Purpose("judging.deck", allow_deck, take_deck)
