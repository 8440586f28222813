"""A ballot whose transaction commits late, after one with a higher id or across the close, is never lost."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from core.actor import SYSTEM
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, vote
from voting.actions.close import close_vote
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, LedgerLeaf
from voting.queries.ledger import unsealed_count, waiting_count

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(pool: ThreadPoolExecutor, act: object) -> Future:
    def run() -> object:
        try:
            return act()
        finally:
            connection.close()

    return pool.submit(run)


def hold_a_ballot_open(edition: object, cast: Event, go_on: Event) -> None:
    with transaction.atomic():
        vote(edition, 1, voter=1)
        cast.set()
        assert go_on.wait(30)


def test_the_sealer_finds_a_ballot_that_commits_after_one_with_a_higher_id() -> None:
    edition = build_vote()
    vote(edition, 3, voter=9)
    cast, go_on = Event(), Event()
    with ThreadPoolExecutor(3) as pool:
        held = in_thread(pool, lambda: hold_a_ballot_open(edition, cast, go_on))
        assert cast.wait(30)
        later = in_thread(pool, lambda: vote(edition, 2, voter=2))
        if connection.vendor == "postgresql":
            later.result(30)  # committed, with a higher id than the ballot that is still open
            assert seal_ledger(edition=edition, at=moments.DURING_VOTE).size == 3  # held up by nobody
            vote(edition, 1, voter=3)
            assert seal_ledger(edition=edition, at=moments.DURING_VOTE).size == 4
            assert waiting_count(edition) == 0
        go_on.set()
        held.result(30)
        later.result(30)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    votes = LedgerLeaf.objects.filter(kind="vote").order_by("index")
    assert set(votes.values_list("ballot_id", flat=True)) == set(Ballot.objects.values_list("pk", flat=True))
    assert list(LedgerLeaf.objects.order_by("index").values_list("index", flat=True)) == list(range(1 + Ballot.objects.count()))
    assert (waiting_count(edition), unsealed_count(edition)) == (0, 0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite there is one writer at a time")
def test_control_a_watermark_of_ids_misses_the_late_ballot() -> None:
    """What the sealer must not do: take what stands above the highest id it has seen."""
    edition = build_vote()
    cast, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        held = in_thread(pool, lambda: hold_a_ballot_open(edition, cast, go_on))
        assert cast.wait(30)
        in_thread(pool, lambda: vote(edition, 2, voter=2)).result(30)
        watermark = Ballot.objects.latest("pk").pk
        go_on.set()
        held.result(30)
    assert Ballot.objects.filter(pk__gt=watermark).count() == 0
    assert Ballot.objects.filter(pk__lt=watermark).count() == 1


def test_closing_waits_for_a_transaction_held_open_across_the_close() -> None:
    edition = build_vote()
    cast, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        held = in_thread(pool, lambda: hold_a_ballot_open(edition, cast, go_on))
        assert cast.wait(30)
        closing = in_thread(pool, lambda: close_vote(edition=edition, actor=SYSTEM, at=AFTER))
        assert not Event().wait(0.5)
        assert not closing.done()
        go_on.set()
        held.result(30)
        leaf = closing.result(30)
    assert list(LedgerLeaf.objects.order_by("index").values_list("kind", flat=True)) == ["open", "vote", "close"]
    assert (leaf.index, json.loads(leaf.body)["t"]) == (2, "close")
