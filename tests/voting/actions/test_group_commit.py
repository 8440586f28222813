"""Group commit: threads that vote at once share a transaction, and one that breaks it takes no other with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from unittest.mock import patch

import pytest
from django.db import IntegrityError, OperationalError

from voting.actions import group_commit
from voting.actions.group_commit import GroupCommit, Waiting

pytestmark = pytest.mark.django_db


class Call:
    """Stands for a CastCall; its faults are raised one after the other when it is cast."""

    def __init__(self, number: int, *faults: Exception) -> None:
        self.number, self.faults = number, list(faults)


class Transactions:
    """Stands for the database: keeps the numbers of each transaction that was tried."""

    def __init__(self) -> None:
        self.tried: list[list[int]] = []

    def __call__(self, calls: Sequence[Call]) -> list[list[int]]:
        self.tried.append([call.number for call in calls])
        for call in calls:
            if call.faults:
                raise call.faults.pop(0)
        return [[call.number] for call in calls]


def written(*calls: Call) -> tuple[list[list[int]], list[Waiting]]:
    transactions, batch = Transactions(), [Waiting(call) for call in calls]
    GroupCommit(transactions).write(batch)
    return transactions.tried, batch


def test_all_who_wait_are_written_in_one_transaction() -> None:
    tried, batch = written(Call(1), Call(2), Call(3))
    assert tried == [[1, 2, 3]]
    assert [one.rows for one in batch] == [[1], [2], [3]]


def test_a_ballot_that_breaks_the_transaction_fails_alone() -> None:
    fault = IntegrityError("broken")
    tried, batch = written(Call(1), Call(2, fault, fault), Call(3))
    assert tried == [[1, 2, 3], [1], [2], [3]]
    assert [(one.rows, one.error) for one in batch] == [([1], None), (None, fault), ([3], None)]


def test_a_connection_that_died_is_opened_again_once_for_all() -> None:
    tried, batch = written(Call(1, OperationalError("gone")), Call(2))
    assert tried == [[1, 2], [1, 2]]
    assert [one.rows for one in batch] == [[1], [2]]


def test_when_the_database_stays_away_everybody_hears_of_it() -> None:
    again = OperationalError("still gone")
    tried, batch = written(Call(1, OperationalError("gone"), again), Call(2))
    assert tried == [[1, 2], [1, 2]]
    assert [one.error for one in batch] == [again, again]


def test_everybody_gets_their_own_answer() -> None:
    group, barrier, found = GroupCommit(Transactions()), Barrier(16), {}

    def vote(number: int) -> None:
        barrier.wait()
        for turn in range(20):
            found[number, turn] = group.cast(Call(100 * number + turn))

    threads = [Thread(target=vote, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == {(number, turn): [100 * number + turn] for number in range(16) for turn in range(20)}


def test_who_is_answered_does_not_wait_for_the_next_commit() -> None:
    """Each of a batch is woken by itself. With one lock for all, those answered would queue behind the one who writes next."""
    gates, begun, answered = [Event() for _ in range(3)], [Event() for _ in range(3)], [Event() for _ in range(6)]
    tried: list[list[int]] = []

    def commit(calls: Sequence[Call]) -> list[list[int]]:
        place = len(tried)
        tried.append([call.number for call in calls])
        begun[place].set()
        assert gates[place].wait(30)
        return [[call.number] for call in calls]

    group = GroupCommit(commit)

    def vote(number: int) -> None:
        group.cast(Call(number))
        answered[number].set()

    threads = [Thread(target=vote, args=(number,)) for number in range(6)]
    threads[0].start()
    assert begun[0].wait(30)
    for thread in threads[1:5]:
        thread.start()
    while len(group._queue) < 4:
        pass
    gates[0].set()
    assert begun[1].wait(30)
    threads[5].start()
    while len(group._queue) < 1:
        pass
    gates[1].set()
    assert begun[2].wait(30)  # one votes on, and is not let through
    assert all(one.wait(30) for one in answered[:5])
    assert not answered[5].is_set()
    gates[2].set()
    for thread in threads:
        thread.join(30)
    assert (tried[0], sorted(tried[1]), tried[2]) == ([0], [1, 2, 3, 4], [5])


def test_whoever_writes_waits_for_those_on_the_way() -> None:
    """Three requests are being read; the first to be ready does not write before the last has come or gone."""
    transactions, read = Transactions(), [Event() for _ in range(3)]
    group, set_out = GroupCommit(transactions), Barrier(3)

    def vote(number: int) -> None:
        with group.on_the_way():
            set_out.wait()
            assert read[number].wait(30)
            if number < 2:
                group.cast(Call(number))

    threads = [Thread(target=vote, args=(number,)) for number in range(3)]
    with patch.object(group_commit, "LONGEST_WAIT", 30):
        for thread in threads:
            thread.start()
        read[0].set()
        while len(group._queue) < 1:
            pass
        read[1].set()
        while len(group._queue) < 2:
            pass
        assert transactions.tried == []
        read[2].set()
        for thread in threads:
            thread.join(30)
    assert transactions.tried == [[0, 1]]


def test_who_comes_while_the_process_waits_for_its_turn_is_in_time() -> None:
    transactions, asked, given = Transactions(), Event(), Event()

    @contextmanager
    def turn() -> Iterator[None]:
        asked.set()
        assert given.wait(30)
        yield

    group = GroupCommit(transactions, turn)
    threads = [Thread(target=group.cast, args=(Call(number),)) for number in range(2)]
    threads[0].start()
    assert asked.wait(30)
    threads[1].start()
    while len(group._queue) < 2:
        pass
    given.set()
    for thread in threads:
        thread.join(30)
    assert transactions.tried == [[0, 1]]


def test_without_a_turn_everybody_hears_why() -> None:
    @contextmanager
    def no_turn() -> Iterator[None]:
        raise PermissionError("the file beside the database")
        yield

    group = GroupCommit(Transactions(), no_turn)
    for number in range(2):
        with pytest.raises(PermissionError):
            group.cast(Call(number))
    assert not group._is_writing


def test_one_who_is_held_up_holds_up_nobody() -> None:
    transactions, is_over = Transactions(), Event()
    group, has_set_out = GroupCommit(transactions), Event()

    def dawdle() -> None:
        with group.on_the_way():
            has_set_out.set()
            assert is_over.wait(30)

    slow = Thread(target=dawdle)
    slow.start()
    assert has_set_out.wait(30)
    with group.on_the_way():
        assert group.cast(Call(1)) == [1]
    is_over.set()
    slow.join(30)
    assert group._coming == 0
