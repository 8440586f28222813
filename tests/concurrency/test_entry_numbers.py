"""Entries accepted at the same moment get the numbers 1…n, each once, without a gap."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from competitions.models import Group
from entries import states
from entries.actions.decision import accept_entry
from entries.actions.formality import pick_up_entry
from entries.actions.number import highest_number
from entries.errors import AlreadyPickedUp
from entries.models import Entry, FormalityReview
from tests.cast import build_cast
from tests.entries.dossiers import AT, build_submitted_entry

THREADS = 6


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """What each call returned or raised, all started together, each on its own connection."""
    gate = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int) -> None:
        gate.wait(timeout=30)
        try:
            results[index] = calls[index]()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.mark.django_db(transaction=True)
def test_numbers_are_gap_free_whoever_is_first() -> None:
    cast = build_cast()
    entries = [build_submitted_entry(cast) for _ in range(THREADS)]
    for entry in entries:
        pick_up_entry(entry=entry, actor=cast.examiner, at=AT)

    results = at_once([lambda e=entry: accept_entry(entry=e, actor=cast.examiner, at=AT).number for entry in entries])

    assert sorted(results, key=str) == list(range(1, THREADS + 1))
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_race_collides() -> None:
    """The negative control: who reads the highest number first and writes it later is stopped by the constraint."""
    cast = build_cast()
    group = Group.objects.get(track__edition=cast.edition, code="startup")
    entries = [build_submitted_entry(cast, state=states.UNDER_REVIEW, group=group) for _ in range(THREADS)]
    everybody_has_read = threading.Barrier(THREADS)

    def careless(entry: Entry) -> int:
        number = highest_number(cast.edition.pk) + 1
        everybody_has_read.wait(timeout=30)
        Entry.objects.filter(pk=entry.pk).update(number=number, state=states.ACCEPTED)
        return number

    results = at_once([lambda e=entry: careless(e) for entry in entries])

    assert [one for one in results if one == 1] == [1]
    assert sum(isinstance(one, IntegrityError) for one in results) == THREADS - 1
    assert Entry.objects.filter(number__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_examiners_at_once_one_gets_the_entry() -> None:
    cast = build_cast()
    entry = build_submitted_entry(cast)
    people = [cast.examiner, cast.organiser, cast.organiser2]

    results = at_once([lambda p=person: pick_up_entry(entry=entry, actor=p, at=AT) for person in people])

    assert sum(isinstance(one, AlreadyPickedUp) for one in results) == len(people) - 1
    assert FormalityReview.objects.filter(entry=entry, decision="").count() == 1
