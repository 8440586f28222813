"""Ballots that share a statement on PostgreSQL: opposite orders cannot block each other, and the plans hold without statistics."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection

from competitions.models import Edition
from tests.factories import moments
from tests.voting.ballots import build_vote, tag
from voting.actions import cast, cast_postgresql
from voting.actions.cast_postgresql import cast_on_postgresql
from voting.actions.cast_statement import CastCall
from voting.actions.open import ready_campaign
from voting.models import Ballot, BallotEvidence

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the statement is PostgreSQL's"),
]


VOTERS, ROUNDS = 60, 25


def call(edition: Edition, voter_tag: str, *numbers: int, submission: UUID | None = None) -> CastCall:
    campaign = ready_campaign(edition, moments.DURING_VOTE)
    assert campaign is not None
    entries = [campaign.by_number[number] for number in numbers]
    evidence = {"address": "203.0.113.7"}
    return cast._prepare(campaign, entries, voter_tag, 0, submission or uuid4(), evidence, moments.DURING_VOTE, False)


def outcomes(calls: Sequence[CastCall]) -> list[list[str]]:
    return [[row.outcome for row in rows] for rows in cast_on_postgresql(calls)]


def test_ballots_of_many_voters_share_a_statement_and_each_gets_its_own_answer() -> None:
    edition = build_vote(4, limit=2)
    one, two, three, four = (tag(edition, number) for number in range(4))
    first = call(edition, one, 1)
    assert outcomes([first]) == [["accepted"]]
    together = [call(edition, two, 1, 2, 3), call(edition, one, 1, 2), first, call(edition, three, 4), call(edition, four)]
    assert outcomes(together) == [
        ["accepted", "accepted", "quota_used"],
        ["already_voted", "accepted"],
        ["repeat"],
        ["accepted"],
        [],
    ]
    assert Ballot.objects.count() == BallotEvidence.objects.count() == 5
    assert sorted(Ballot.objects.filter(voter_tag=one).values_list("slot", "entry_slot")) == [(1, 1), (2, 1)]


def test_a_double_tap_in_one_batch_is_one_vote_with_one_receipt() -> None:
    edition = build_vote(1, limit=5, per_entry_limit=5)
    submission, one = uuid4(), tag(edition)
    rows = cast_on_postgresql([call(edition, one, 1, submission=submission) for _ in range(3)])
    assert [row.outcome for (row,) in rows] == ["accepted", "repeat", "repeat"]
    assert {row.receipt for (row,) in rows} == {Ballot.objects.get().receipt}


def test_batches_of_two_processes_in_opposite_order_never_wait_in_a_circle() -> None:
    assert meet(build_vote(2)) == 0


def test_control_without_the_order_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast_postgresql, "sorted", lambda found, key=None: list(found), raising=False)
    assert meet(build_vote(2), rounds=10 * ROUNDS, until_first=True) > 0


def meet(edition: Edition, *, rounds: int = ROUNDS, until_first: bool = False) -> int:
    """Two connections cast for the same voters in opposite order, again and again; returns how many deadlocks there were."""
    deadlocks = 0
    for turn in range(rounds):
        tags = [tag(edition, VOTERS * turn + number) for number in range(VOTERS)]
        barrier = Barrier(2)
        batches = [[call(edition, one, 1) for one in tags], [call(edition, one, 2) for one in reversed(tags)]]

        def run(batch: list[CastCall], barrier: Barrier = barrier) -> int:
            barrier.wait()
            try:
                cast_on_postgresql(batch)
            except OperationalError:
                return 1
            finally:
                connection.close()
            return 0

        with ThreadPoolExecutor(2) as pool:
            deadlocks += sum(pool.map(run, batches))
        if until_first and deadlocks:
            break
    return deadlocks


def test_the_plans_hold_on_a_table_that_was_empty_when_they_were_made() -> None:
    """The database is told that there are no ballots, the plans are made, then ballots come and nobody counts them again."""
    edition = build_vote(10)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE voting_ballot")
        cursor.execute("ALTER TABLE voting_ballot SET (autovacuum_enabled = off)")
    try:
        before = reads()
        for voter in range(1, 501):
            assert outcomes([call(edition, tag(edition, voter), voter % 10 + 1)]) == [["accepted"]]
        for voter in range(1, 101):  # the second ballot of the day is looked at wish by wish
            assert outcomes([call(edition, tag(edition, voter), (voter + 1) % 10 + 1)]) == [["accepted"]]
        after = reads()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE voting_ballot RESET (autovacuum_enabled)")
    assert after[0] == before[0], "a sequential scan"
    assert after[1] - before[1] <= 3 * 600, "more rows read than one voter has"


def reads() -> tuple[int, int]:
    """Sequential scans of the ballots so far, and index entries read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'voting_ballot'")
        scans = cursor.fetchone()[0]
        cursor.execute("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'voting_ballot'")
        return scans, int(cursor.fetchone()[0])
