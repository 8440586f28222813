"""The vote's figures on the home page follow the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actor import SYSTEM
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.voting.ballots import build_vote, set_rule, vote
from voting.actions.close import close_vote
from voting.actions.final import finalise_tally
from voting.actions.open import open_vote
from voting.queries.home import vote_figures

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


def test_votes_and_voters_are_counted_as_the_board_shows_them() -> None:
    edition = build_vote()
    vote(edition, 1, 2, voter=1)
    vote(edition, 1, voter=2)
    later = AT + timedelta(minutes=10)
    assert [(one.label, one.value, one.unit) for one in vote_figures(edition, later)] == [
        ("网络投票", "3", "票"),
        ("参与投票", "2", "人"),
    ]


def test_once_the_tally_is_final_nothing_is_said_to_be_updated() -> None:
    edition = build_vote()
    vote(edition, 1)
    at = moments.VOTE_CLOSES + timedelta(days=1)
    close_vote(edition=edition, actor=SYSTEM, at=at)
    finalise_tally(edition=edition, actor=UserFactory(), at=at)
    assert "更新" in vote_figures(edition, at)[1].hint
    finalise_tally(edition=edition, actor=UserFactory(), at=at)
    assert [one.hint for one in vote_figures(edition, at)] == ["经核查并由两人批准的最终票数", "按投票设备计"]


def test_nothing_is_shown_before_the_vote_or_while_the_board_is_hidden() -> None:
    edition = build_vote(opened=False)
    assert vote_figures(edition, moments.VOTE_OPENS - timedelta(days=1)) == []
    set_rule(edition, board={"policy": "hidden", "minutes": 0, "hours": 168})
    open_vote(edition=edition, actor=SYSTEM, at=AT)
    vote(edition, 1)
    assert vote_figures(edition, AT + timedelta(hours=1)) == []
