"""The edition the load is put on."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.db import connection, transaction

from bench.edition import ENTRIES, SLUG
from bench.models import NaiveEntry
from competitions.models import Edition
from core import clock
from core.actor import SYSTEM
from entries.models import Entry
from tests.factories.accounts import MembershipFactory
from tests.factories.competitions import build_edition
from tests.factories.entries import EntryApplicantFactory, EntryFactory, build_accepted_entry
from voting.actions.open import open_vote


def build(entries: int = ENTRIES) -> Edition:
    """Fills the database: a vote that has been open for five days and stays open as long."""
    hurry()
    edition = build_edition(slug=SLUG)
    open_stage(edition, "public_vote")
    with transaction.atomic():
        for number in range(1, entries + 1):
            build_accepted_entry(edition, number)
        NaiveEntry.objects.bulk_create(NaiveEntry(number=number) for number in range(1, entries + 1))
    open_vote(edition=edition, actor=SYSTEM, at=clock.now())
    return edition


def open_stage(edition: Edition, kind: str) -> None:
    """The stage of that kind has been open for five days and stays open as long."""
    at, either_side = clock.now(), timedelta(days=5)
    edition.stages.filter(kind=kind).update(opens_at=at - either_side, closes_at=at + either_side, gate_released_at=at - either_side)


def add_draft(edition: Edition, **fields: object) -> Entry:
    """An entry still being filled in, by somebody of its own organisation."""
    entry = EntryFactory(edition=edition, track=edition.tracks.first(), **fields)
    MembershipFactory(user=entry.created_by, organisation=EntryApplicantFactory(entry=entry).organisation)
    return entry


def migrate() -> None:
    """Makes all tables, those of the naive view too."""
    hurry()
    call_command("migrate", run_syncdb=True, verbosity=0)


def hurry() -> None:
    """This process only builds: it need not wait for the disk. The measured one does."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
