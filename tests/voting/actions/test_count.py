"""The kept count equals a full recount however it was reached, and a difference is found at night."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.models import Edition
from core import clock, memory
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, vote
from voting import tasks
from voting.actions import count as counting
from voting.actions.case import propose_case, release_case
from voting.actions.close import close_vote
from voting.actions.count import compare_count, count_ledger, rebuild_count
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, HourCount, LedgerCount
from voting.queries.tally import tally

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


def hours(edition: Edition) -> list[tuple]:
    rows = HourCount.objects.filter(edition=edition).values_list(
        "hour", "minutes", "entries", "levels", "new_voters", "returning_voters"
    )
    return [tuple(map(str, row)) for row in rows]


def vote_for_three_days(edition: Edition) -> None:
    for day in range(3):
        for voter in range(day, day + 4):
            at = AT + timedelta(days=day, minutes=7 * voter)
            vote(edition, 1, 1 + voter % 3, voter=voter, at=at)
            seal_ledger(edition=edition, at=at)


@pytest.mark.parametrize("step", [1, 3, 20_000])
def test_counted_in_steps_of_any_size_it_equals_a_count_from_the_start(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    edition = build_vote()
    monkeypatch.setattr(counting, "STEP", step)
    for day in range(3):
        for voter in range(day, day + 4):
            vote(edition, 1, 2, voter=voter, at=AT + timedelta(days=day, minutes=7 * voter))
            seal_ledger(edition=edition, at=AT + timedelta(days=day))
            count_ledger(edition=edition, at=AT)
    memory.forget_everything()
    kept, state = hours(edition), LedgerCount.objects.get().state
    monkeypatch.setattr(counting, "STEP", 20_000)
    rebuild_count(edition=edition, at=AT)
    assert (hours(edition), LedgerCount.objects.get().state) == (kept, state)
    assert compare_count(edition=edition, at=AT).fault == ""
    entries = sum((Counter(row.entries) for row in HourCount.objects.all()), Counter())
    assert entries == {"001": 12, "002": 12}


def test_a_voter_is_new_once_and_returns_once_a_day() -> None:
    edition = build_vote()
    vote_for_three_days(edition)
    count_ledger(edition=edition, at=AT)
    rows = list(HourCount.objects.all())
    assert sum(row.new_voters for row in rows) == 6  # voters 0 to 5
    assert sum(row.returning_voters for row in rows) == 6  # 1, 2, 3 on the second day, 2, 3, 4 on the third
    assert sum(sum(row.minutes) for row in rows) == Ballot.objects.count()


def test_counting_again_costs_the_same_however_long_the_ledger_is() -> None:
    costs = []
    for days in (1, 3):
        edition = build_vote()
        for day in range(days):
            for voter in range(6):
                vote(edition, 1, 2, voter=voter, at=AT + timedelta(days=day))
        seal_ledger(edition=edition, at=AT)
        count_ledger(edition=edition, at=AT)
        vote(edition, 3, voter=1, at=AT + timedelta(days=5))
        seal_ledger(edition=edition, at=AT)
        with CaptureQueriesContext(connection) as queries:
            count_ledger(edition=edition, at=AT)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_held_and_voided_votes_are_counted_alike(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1, 2, voter=1)
    vote(edition, 1, voter=2)
    close_vote(edition=edition, actor=cast.organiser, at=AFTER)
    case = propose_case(
        edition=edition, verb="void", reason="R1", evidence="x", ballots=[Ballot.objects.earliest("pk")], actor=cast.organiser, at=AFTER
    )
    release_case(case=case, is_released=True, actor=cast.organiser2, at=AFTER)
    count_ledger(edition=edition, at=AFTER)
    assert compare_count(edition=edition, at=AFTER).fault == ""
    memory.forget_everything()
    assert (tally(edition)["001"].valid, tally(edition)["001"].void) == (1, 1)


def test_at_night_a_count_that_differs_raises_the_alarm_and_is_not_used() -> None:
    edition = build_vote()
    vote(edition, 1, 2)
    seal_ledger(edition=edition, at=AT)
    count_ledger(edition=edition, at=AT)
    row = LedgerCount.objects.get()
    row.state["votes"]["001"] = 7
    row.save()
    with clock.rehearse(AT):
        tasks.compare_counts.delay()
    fault = LedgerCount.objects.get().fault
    assert "001 号记为 7 票，账本重算 1 票" in fault
    memory.forget_everything()
    assert tally(edition)["001"].valid == 1
    rebuild_count(edition=edition, at=AT)
    assert compare_count(edition=edition, at=AT).fault == ""
