"""A hundred autosaves of different entries at once: none fails, none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from entries.actions.assets import save_assets
from entries.actions.entry import save_entry
from entries.errors import EditedElsewhere
from entries.models import Entry
from tests.cast import build_cast
from tests.concurrency.test_entry_numbers import at_once
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory

AT = moments.DURING_REGISTRATION
THREADS, EACH = 20, 5  # as many connections as a site of this size has at most, a hundred saves in all


@pytest.mark.django_db(transaction=True)
def test_a_hundred_autosaves_of_different_entries() -> None:
    cast = build_cast()
    entries = [EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant) for _ in range(THREADS * EACH)]
    for entry in entries:
        EntryApplicantFactory(entry=entry, organisation=cast.organisation)

    def person(own: list[Entry]) -> Callable[[], int]:
        def save() -> int:
            for entry in own:
                kept = save_entry(entry=entry, version=1, values={"title": f"改{entry.pk}"}, actor=cast.applicant, at=AT)
                save_assets(entry=kept, version=kept.version, rows=[{"title": "方法", "number_raw": ""}], actor=cast.applicant, at=AT)
            return len(own)

        return save

    results = at_once([person(entries[place::THREADS]) for place in range(THREADS)])

    assert results == [EACH] * THREADS
    assert sorted(Entry.objects.values_list("title", flat=True)) == sorted(f"改{entry.pk}" for entry in entries)
    assert set(Entry.objects.values_list("version", flat=True)) == {3}


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_of_one_version_one_is_kept_and_the_others_are_told() -> None:
    cast = build_cast()
    entry = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)

    def save(title: str) -> Callable[[], str]:
        return lambda: save_entry(entry=entry, version=1, values={"title": title}, actor=cast.applicant, at=AT).title

    results = at_once([save(f"第{place}人") for place in range(8)])

    kept = [one for one in results if isinstance(one, str)]
    assert len(kept) == 1
    assert all(isinstance(one, EditedElsewhere) for one in results if one not in kept)
    assert Entry.objects.get().title == kept[0]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_everybody_overwrites_everybody(monkeypatch) -> None:
    """The negative control: the same race when each reads the version first and writes afterwards. All are told that their
    text was kept, one text is there."""
    cast = build_cast()
    entry = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    everybody_has_read = threading.Barrier(8)

    def careless(one: Entry) -> Entry:
        read = Entry.objects.select_related("edition").get(pk=one.pk)
        everybody_has_read.wait(timeout=30)
        return read

    monkeypatch.setattr("entries.actions.entry.lock_entry", careless)
    without_transaction = save_entry.__wrapped__

    def save(title: str) -> Callable[[], str]:
        return lambda: without_transaction(entry=entry, version=1, values={"title": title}, actor=cast.applicant, at=AT).title

    results = at_once([save(f"第{place}人") for place in range(8)])

    assert sorted(results) == [f"第{place}人" for place in range(8)]
    assert Entry.objects.get().title in results
