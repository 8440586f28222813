"""Casting: quota, order, repeats, the window. The same tests run on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.models import StageOverride
from core.canonical import sha256_hex
from core.ledger.keys import verify
from entries import states
from entries.models import Entry
from tests.factories import moments
from tests.voting.ballots import build_vote, statuses, tag, vote
from voting import errors
from voting.actions.cast import cast_ballots
from voting.actions.cast_sqlite import _REPEATED
from voting.models import Ballot, BallotEvidence, LedgerLeaf
from voting.pure.receipt import verify_receipt
from voting.queries.campaign import find_campaign
from voting.queries.signing import signing_key

pytestmark = pytest.mark.django_db


def test_a_vote_is_kept_with_its_evidence_and_a_receipt_anybody_can_check() -> None:
    edition = build_vote()
    (outcome,) = vote(edition, 2)
    ballot = Ballot.objects.get()
    assert (outcome.status, ballot.entry.number, ballot.period, ballot.scope) == ("accepted", 2, "2026-09-25", "all")
    assert (ballot.slot, ballot.entry_slot, ballot.cast_at, ballot.voter_tag) == (1, 1, moments.DURING_VOTE, tag(edition))
    key = signing_key(find_campaign(edition, moments.DURING_VOTE).origin).verifier_key
    receipt = verify_receipt(outcome.receipt, lambda note: verify(note, [key]))
    assert (receipt.leaf.decode(), receipt.leaf_hash.hex(), receipt.code) == (ballot.leaf, ballot.leaf_hash, outcome.code)
    evidence = BallotEvidence.objects.get()
    assert json.loads(evidence.record) == {"address": "203.0.113.7", "agent": "test"}
    assert json.loads(ballot.leaf)["ev"] == sha256_hex(bytes.fromhex(evidence.salt) + evidence.record.encode())


def test_entries_are_accepted_in_the_order_submitted_until_the_quota_is_used() -> None:
    edition = build_vote(7)
    outcomes = vote(edition, 7, 6, 5, 4, 3, 2, 1)
    assert statuses(outcomes) == ["accepted"] * 5 + ["quota_used"] * 2
    assert "5 票已用完" in outcomes[5].message
    assert list(Ballot.objects.order_by("pk").values_list("entry__number", "slot")) == [
        (7, 1), (6, 2), (5, 3), (4, 4), (3, 5),
    ]


def test_the_same_entry_twice_a_day_is_refused_as_such_and_again_possible_tomorrow() -> None:
    edition = build_vote()
    vote(edition, 1)
    assert statuses(vote(edition, 1, 2)) == ["already_voted", "accepted"]
    midnight = moments.DURING_VOTE.replace(hour=16, minute=0)
    assert statuses(vote(edition, 1, at=midnight - timedelta(seconds=1))) == ["already_voted"]
    assert statuses(vote(edition, 1, at=midnight)) == ["accepted"]
    assert Ballot.objects.count() == 3


def test_all_votes_may_go_to_one_entry_when_the_rule_says_so() -> None:
    edition = build_vote(limit=3, per_entry_limit=3)
    assert statuses(vote(edition, 1, 1, 1, 1)) == ["accepted"] * 3 + ["already_voted"]
    assert sorted(Ballot.objects.values_list("slot", "entry_slot")) == [(1, 1), (2, 2), (3, 3)]


def test_the_limit_holds_in_each_group_when_the_rule_says_so() -> None:
    edition = build_vote(4, limit=1, scope="group")
    assert statuses(vote(edition, 1, 2, 3, 4)) == ["accepted", "accepted", "quota_used", "quota_used"]
    assert sorted(Ballot.objects.values_list("scope", "slot")) == [("growth", 1), ("startup", 1)]


def test_a_vote_for_the_whole_edition_does_not_come_back_tomorrow() -> None:
    edition = build_vote(limit=1, period="edition")
    vote(edition, 1)
    assert statuses(vote(edition, 2, at=moments.DURING_VOTE + timedelta(days=1))) == ["quota_used"]
    assert Ballot.objects.get().period == "all"


def test_a_choice_is_all_or_nothing() -> None:
    edition = build_vote(4, limit=3, choose_min=2, choose_max=3)
    Entry.objects.filter(number=4).update(state=states.WITHDRAWN)
    refused = vote(edition, 1, 4)
    assert statuses(refused) == ["not_counted", "not_eligible"]
    assert Ballot.objects.count() == 0
    assert statuses(vote(edition, 1, 2)) == ["accepted", "accepted"]
    assert statuses(vote(edition, 2, 3)) == ["already_voted", "quota_used"]
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize("numbers", [(1,), (1, 2, 3, 4), (1, 1)])
def test_a_choice_of_the_wrong_size_is_refused_and_nothing_is_kept(numbers: tuple[int, ...]) -> None:
    edition = build_vote(4, limit=3, choose_min=2, choose_max=3)
    with pytest.raises(errors.ChoiceRefused):
        vote(edition, *numbers)
    assert not Ballot.objects.exists()


def test_the_same_submission_gets_its_first_receipts_even_after_midnight_and_the_close() -> None:
    edition = build_vote(7)
    submission = uuid4()
    first = vote(edition, 1, 2, 3, 4, 5, 6, submission=submission)
    for later in (moments.DURING_VOTE, moments.DURING_VOTE + timedelta(days=1), moments.VOTE_CLOSES + timedelta(days=1)):
        again = vote(edition, 1, 2, 3, 4, 5, 6, submission=submission, at=later)
        assert statuses(again) == ["accepted"] * 5 + ["quota_used"]
        assert [one.receipt for one in again[:5]] == [one.receipt for one in first[:5]]
        assert all(one.is_repeat for one in again[:5])
    assert Ballot.objects.count() == 5


def test_another_voter_cannot_fetch_receipts_by_a_submission() -> None:
    edition = build_vote()
    submission = uuid4()
    vote(edition, 1, voter=1, submission=submission)
    (other,) = vote(edition, 1, voter=2, submission=submission)
    assert (other.status, other.is_repeat) == ("accepted", False)
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize("change", [{"state": states.DISQUALIFIED}, {"is_display_consented": False}])
def test_an_entry_that_left_is_not_eligible_at_once(change: dict) -> None:
    edition = build_vote()
    vote(edition, 1, voter=9)
    Entry.objects.filter(number=1).update(**change)
    assert statuses(vote(edition, 1, 2)) == ["not_eligible", "accepted"]
    assert statuses(vote(edition, 88, voter=3)) == ["not_eligible"]
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (moments.VOTE_OPENS - timedelta(seconds=1), errors.NotOpenYet),
        (moments.VOTE_CLOSES, errors.VotingClosed),
        (moments.VOTE_CLOSES + timedelta(days=9), errors.VotingClosed),
    ],
)
def test_outside_the_window_the_whole_request_is_refused(at: object, refusal: type[Exception]) -> None:
    edition = build_vote()
    with pytest.raises(refusal):
        vote(edition, 1, at=at)
    assert not Ballot.objects.exists()


def test_the_window_is_half_open() -> None:
    edition = build_vote()
    assert statuses(vote(edition, 1, at=moments.VOTE_OPENS)) == ["accepted"]
    assert statuses(vote(edition, 1, at=moments.VOTE_CLOSES - timedelta(seconds=1))) == ["accepted"]


def test_a_pause_holds_at_once_though_the_campaign_is_remembered() -> None:
    edition = build_vote()
    vote(edition, 1, voter=1)
    stage = edition.stages.get(kind="public_vote")
    StageOverride.objects.create(
        stage=stage, kind="pause", at=moments.DURING_VOTE, reason="系统维护", by=edition.created_by
    )
    with pytest.raises(errors.Paused, match="系统维护"):
        vote(edition, 1, voter=2)
    assert Ballot.objects.count() == 1
    StageOverride.objects.create(
        stage=stage, kind="resume", at=moments.DURING_VOTE + timedelta(hours=1), reason="恢复", by=edition.created_by
    )
    late = moments.VOTE_CLOSES + timedelta(minutes=59)
    assert statuses(vote(edition, 1, voter=2, at=late)) == ["accepted"]
    with pytest.raises(errors.VotingClosed):
        vote(edition, 2, voter=2, at=late + timedelta(minutes=1))


def test_a_gate_not_released_delays_the_vote() -> None:
    edition = build_vote(opened=False)
    edition.stages.filter(kind="public_vote").update(gate_released_at=None)
    with pytest.raises(errors.Delayed):
        vote(edition, 1)
    assert not LedgerLeaf.objects.exists()


def test_the_first_vote_opens_the_ledger_when_no_job_has() -> None:
    edition = build_vote(opened=False)
    assert statuses(vote(edition, 1)) == ["accepted"]
    opening = LedgerLeaf.objects.get()
    assert (opening.kind, json.loads(opening.body)["at"]) == ("open", "2026-09-20T01:00Z")


def test_the_database_s_own_clock_refuses_a_request_that_is_late() -> None:
    """`at` lies in the window, the database's clock (that of the machine, after 2026-09-30) does not."""
    edition = build_vote()
    at = moments.VOTE_OPENS.replace(year=2020, month=1, day=1)
    edition.stages.filter(kind="public_vote").update(
        opens_at=at - timedelta(hours=1), closes_at=at + timedelta(hours=1), gate_released_at=at - timedelta(days=1)
    )
    with pytest.raises(errors.VotingClosed):
        vote(edition, 1, at=at, at_is_now=True)
    assert not Ballot.objects.exists()
    assert statuses(vote(edition, 1, at=at)) == ["accepted"]


@pytest.mark.parametrize("numbers", [(), tuple(range(1, 102))])
def test_nothing_and_too_much_are_refused(numbers: tuple[int, ...]) -> None:
    edition = build_vote()
    with pytest.raises((errors.NothingPicked, errors.TooManyPicks)):
        vote(edition, *numbers)
    assert not Ballot.objects.exists()


def test_a_vote_is_one_round_trip_on_postgresql_and_few_statements_on_sqlite() -> None:
    edition = build_vote()
    vote(edition, 1, voter=1)
    ids = list(Entry.objects.order_by("number").values_list("pk", flat=True))
    from_tag = tag(edition, 2)
    with CaptureQueriesContext(connection) as queries:
        cast_ballots(
            edition=edition, entry_ids=ids, voter_tag=from_tag, identity_level=0, submission=uuid4(),
            evidence={}, at=moments.DURING_VOTE,
        )
    assert len(queries) == {"postgresql": 1, "sqlite": 8}[connection.vendor]
    assert Ballot.objects.count() == 4


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_repeat_is_looked_up_by_its_submission_however_many_ballots_there_are() -> None:
    """SQLite would take the index on the edition for the sake of the order, and read every ballot of it for each vote."""
    statement = _REPEATED.format("%s, %s", "%s, %s")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", [uuid4().hex, uuid4().hex, 1, "tag", "other"])
        plan = [step for *_, step in cursor.fetchall()]
    assert plan == ["SEARCH voting_ballot USING INDEX voting_ballot_submission (submission=?)"]
