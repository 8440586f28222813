"""32 simultaneous requests of one voter never exceed the quota, on both databases, and the controls fail.

Threads, each with its own connection, against a database file (SQLite) or a server (PostgreSQL).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from competitions.models import Edition
from entries.models import Entry
from tests.factories import moments
from tests.voting.ballots import build_vote, tag, vote
from voting.actions.cast import Outcome, cast_ballots
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, LedgerLeaf

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 32
LIMIT = 5


def together(act: Callable[[int], object]) -> list:
    """Runs `act(0)` … `act(31)` in as many threads, started at one moment; each closes its connection."""
    barrier = Barrier(CLIENTS)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(run, range(CLIENTS)))


def cast(edition: Edition, voter_tag: str, entry_id: int, submission: UUID) -> list[Outcome]:
    return cast_ballots(
        edition=edition,
        entry_ids=[entry_id],
        voter_tag=voter_tag,
        identity_level=0,
        submission=submission,
        evidence={"address": "203.0.113.7"},
        at=moments.DURING_VOTE,
    )


def entry_ids() -> list[int]:
    return list(Entry.objects.order_by("number").values_list("pk", flat=True))


def test_one_voter_with_32_requests_for_different_entries_gets_exactly_the_quota() -> None:
    edition = build_vote(CLIENTS)
    ids, one = entry_ids(), tag(edition)
    outcomes = together(lambda number: cast(edition, one, ids[number], uuid4()))
    assert Counter(outcome.status for (outcome,) in outcomes) == {"accepted": LIMIT, "quota_used": CLIENTS - LIMIT}
    assert sorted(Ballot.objects.values_list("slot", flat=True)) == [1, 2, 3, 4, 5]


def test_one_voter_with_32_requests_for_one_entry_gets_one_vote() -> None:
    edition = build_vote(1)
    (entry,), one = entry_ids(), tag(edition)
    outcomes = together(lambda number: cast(edition, one, entry, uuid4()))
    assert Counter(outcome.status for (outcome,) in outcomes) == {"accepted": 1, "already_voted": CLIENTS - 1}
    assert Ballot.objects.count() == 1


def test_the_same_submission_32_times_at_once_is_one_vote_with_one_receipt() -> None:
    edition = build_vote(1, limit=5, per_entry_limit=5)
    (entry,), one, submission = entry_ids(), tag(edition), uuid4()
    outcomes = together(lambda number: cast(edition, one, entry, submission))
    assert {outcome.receipt for (outcome,) in outcomes} == {Ballot.objects.get().receipt}


def test_ballots_that_name_entries_in_opposite_order_all_come_to_an_end() -> None:
    edition = build_vote(6, limit=2, scope="group")
    one = tag(edition)
    outcomes = together(lambda number: vote(edition, *((1, 2, 3, 4) if number % 2 else (4, 3, 2, 1))))
    assert len(outcomes) == CLIENTS
    assert Counter(Ballot.objects.values_list("voter_tag", "scope")) == {(one, "startup"): 2, (one, "growth"): 2}


def test_forty_voters_in_a_crowd_each_get_their_quota_and_every_vote_is_sealed_once() -> None:
    edition = build_vote(10)
    ids, tags = entry_ids(), [tag(edition, voter) for voter in range(40)]
    wishes = [(voter, entry) for entry in ids for voter in tags]

    def work(number: int) -> None:
        for voter, entry in wishes[number::CLIENTS]:
            cast(edition, voter, entry, uuid4())
        if number % 8 == 0:
            seal_ledger(edition=edition, at=moments.DURING_VOTE)

    together(work)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    assert set(Counter(Ballot.objects.values_list("voter_tag", flat=True)).values()) == {LIMIT}
    leaves = LedgerLeaf.objects.filter(edition=edition).order_by("index")
    assert list(leaves.values_list("index", flat=True)) == list(range(1 + 40 * LIMIT))
    assert leaves.filter(kind="vote").values("ballot").distinct().count() == 40 * LIMIT


def test_control_without_the_constraint_the_quota_is_broken() -> None:
    """The same requests against what people usually write. PostgreSQL: the function with its quota constraint dropped, every
    transaction kept open until all have cast. SQLite: a view that reads the count and then writes."""
    edition = build_vote(CLIENTS)
    ids, one = entry_ids(), tag(edition)
    if connection.vendor == "postgresql":
        accepted = _without_the_constraint(lambda number: cast(edition, one, ids[number], uuid4()))
    else:
        accepted = _read_then_write(CLIENTS)
    assert accepted > LIMIT


def _without_the_constraint(act: Callable[[int], list[Outcome]]) -> int:
    all_cast = Barrier(CLIENTS)

    def hold_open(number: int) -> list[Outcome]:
        with transaction.atomic():
            outcomes = act(number)
            all_cast.wait(timeout=30)
            return outcomes

    quota = next(one for one in Ballot._meta.constraints if one.name == "voting_ballot_quota")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Ballot, quota)
    try:
        outcomes = together(hold_open)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE voting_ballot DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM voting_ballotevidence")
            cursor.execute("DELETE FROM voting_ballot")
            cursor.execute("ALTER TABLE voting_ballot ENABLE TRIGGER USER")
        with connection.schema_editor() as editor:
            editor.add_constraint(Ballot, quota)
    return sum(outcome.is_accepted for (outcome,) in outcomes)


def _read_then_write(clients: int) -> int:
    """A naive quota in a table of its own: count, then insert, in autocommit as a plain view would."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_vote (voter integer, entry integer)")
    all_read, writing = Barrier(clients), Lock()

    def naive(number: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM naive_vote WHERE voter = 1")
            used = cursor.fetchone()[0]
            all_read.wait(timeout=30)
            if used >= LIMIT:
                return False
            with writing:
                cursor.execute("INSERT INTO naive_vote VALUES (1, %s)", [number])
            return True

    try:
        return sum(together(naive))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_vote")
