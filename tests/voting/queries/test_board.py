"""The board never tells more than the edition's policy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.models import Edition
from core import memory
from core.actor import SYSTEM
from entries.models import Entry
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.voting.ballots import build_vote, set_rule, vote
from voting.actions.case import propose_case, release_case
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote
from voting.models import Ballot
from voting.queries.board import board

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


def edition_with(**policy: object) -> Edition:
    edition = build_vote(opened=False)
    set_rule(edition, board=policy)
    open_vote(edition=edition, actor=SYSTEM, at=AT)
    return edition


def shown(edition: Edition, at: object) -> dict[int, int] | None:
    memory.forget_everything()
    figures = board(edition, at)
    numbers = dict(Entry.objects.filter(edition=edition).values_list("pk", "number"))
    return None if figures.votes is None else {numbers[pk]: votes for pk, votes in figures.votes.items()}


def test_a_live_board_follows_within_two_seconds() -> None:
    edition = edition_with(policy="live")
    vote(edition, 1, at=AT)
    assert shown(edition, AT) == {}
    assert shown(edition, AT + timedelta(seconds=2)) == {1: 1}


def test_a_delayed_board_moves_in_steps() -> None:
    edition = edition_with(policy="delayed", minutes=10)
    vote(edition, 1, at=AT + timedelta(minutes=9))
    vote(edition, 2, at=AT + timedelta(minutes=10))
    assert shown(edition, AT + timedelta(minutes=9, seconds=59)) == {}
    assert shown(edition, AT + timedelta(minutes=10)) == {1: 1}
    assert shown(edition, AT + timedelta(minutes=20)) == {1: 1, 2: 1}


def test_a_daily_board_is_renewed_at_its_hour() -> None:
    edition = edition_with(policy="daily", hour=18)
    vote(edition, 1, at=AT)
    assert shown(edition, AT.replace(hour=9, minute=59)) == {}
    assert shown(edition, AT.replace(hour=10, minute=0)) == {1: 1}


def test_an_order_board_shows_no_figures() -> None:
    edition = edition_with(policy="order", minutes=0)
    vote(edition, 2, voter=1)
    vote(edition, 2, voter=2)
    vote(edition, 1, voter=3)
    figures = board(edition, AT + timedelta(minutes=1))
    numbers = dict(Entry.objects.values_list("pk", "number"))
    assert (figures.votes, [numbers[pk] for pk in figures.order]) == (None, [2, 1])


def test_a_board_that_hides_at_the_end_stays_hidden_until_the_final_tally() -> None:
    edition = edition_with(policy="hidden", minutes=0, hours=24)
    vote(edition, 1)
    last_day = moments.VOTE_CLOSES - timedelta(hours=24)
    assert shown(edition, last_day - timedelta(seconds=1)) == {1: 1}
    assert shown(edition, last_day) is None
    assert shown(edition, moments.VOTE_CLOSES + timedelta(days=1)) is None


def test_a_voided_vote_still_shows_so_that_a_cheat_learns_nothing() -> None:
    edition = edition_with(policy="live")
    vote(edition, 1)
    seal_ledger(edition=edition, at=AT)
    case = propose_case(
        edition=edition, verb="void", reason="R1", evidence="x", ballots=list(Ballot.objects.all()), actor=UserFactory(), at=AT
    )
    release_case(case=case, is_released=True, actor=UserFactory(), at=AT)
    assert shown(edition, AT + timedelta(minutes=1)) == {1: 1}


def test_before_the_vote_there_are_no_figures() -> None:
    edition = edition_with(policy="live")
    assert board(edition, moments.VOTE_OPENS - timedelta(days=1)).votes is None
