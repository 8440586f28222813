"""The edition the load is put on."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command

from bench.models import NaiveEntry
from core import clock
from core.actor import SYSTEM
from tests.factories.competitions import build_edition
from tests.factories.entries import build_accepted_entry
from voting.actions.open import open_vote

SLUG = "bench2026"
ENTRIES = 70


def build(either_side: timedelta) -> None:
    """Migrates and fills the database: a vote that has been open for `either_side` and stays open as long."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    at = clock.now()
    edition = build_edition(slug=SLUG)
    edition.stages.filter(kind="public_vote").update(
        opens_at=at - either_side, closes_at=at + either_side, gate_released_at=at - either_side
    )
    for number in range(1, ENTRIES + 1):
        build_accepted_entry(edition, number)
    NaiveEntry.objects.bulk_create(NaiveEntry(number=number) for number in range(1, ENTRIES + 1))
    open_vote(edition=edition, actor=SYSTEM, at=at)
