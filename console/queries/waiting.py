"""How much waits on each page of the back office."""

from __future__ import annotations

from collections.abc import Callable

from competitions.models import Edition
from core.outbox.models import Message
from entries import states
from entries.models import Entry
from voting.models import VoteCase

TO_EXAMINE = (states.SUBMITTED, states.UNDER_REVIEW)


def formality(edition: Edition) -> int:
    """Entries that wait for the formality examination or are in it."""
    return Entry.objects.filter(edition=edition, state__in=TO_EXAMINE).count()


def cases(edition: Edition) -> int:
    """Vote cases a second person has not decided."""
    return VoteCase.objects.filter(edition=edition, release__isnull=True).count()


def failed(edition: Edition) -> int:
    """Messages that were given up."""
    return Message.objects.filter(edition=edition.slug, state=Message.State.FAILED).count()


WAITING: dict[str, Callable[[Edition], int]] = {"formality": formality, "cases": cases, "failed": failed}
