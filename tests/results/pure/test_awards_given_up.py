"""Awards whose holder gives up, and awards the committee chooses."""

from __future__ import annotations

import pytest

from competitions.pure.award_rule import AwardRule
from core.fault import Fault
from results.pure.awards import TieDecision, VacancyDecision, allocate_awards
from results.pure.rank import rank

PLAIN = rank({"A": (95,), "B": (90,), "C": (85,), "D": (80,)})
GOLD, SILVER = AwardRule("gold", "金奖", (("*", 1),)), AwardRule("silver", "银奖", (("*", 1),))
FILLED = AwardRule("gold", "金奖", (("*", 1),), backfill=True)
SPECIAL = AwardRule("invest", "投资价值奖", (("*", 2),), stackable=True, basis="choice")


def won(awards, placings, **more):
    return {one.award: (one.winners, one.vacant, one.status) for one in allocate_awards(awards, "startup", placings, **more)}


def test_without_backfill_the_place_stays_empty_and_the_next_award_moves_up():
    assert won([GOLD, SILVER], PLAIN, gave_up={"A"}) == {"gold": ((), 1, "decided"), "silver": (("B",), 0, "decided")}


def test_with_backfill_the_next_in_line_gets_it():
    assert won([FILLED, SILVER], PLAIN, gave_up={"A"}) == {"gold": (("B",), 0, "decided"), "silver": (("C",), 0, "decided")}


def test_who_gave_up_is_no_rival_in_a_tie():
    tied = rank({"A": (95,), "B": (95,), "C": (85,)})
    assert won([GOLD], tied, gave_up={"A"}) == {"gold": (("B",), 0, "decided")}


def test_a_firm_award_without_its_holder_is_said():
    firm = AwardRule("gold", "金奖", (("*", 1),), may_stay_vacant=False)
    assert won([firm], PLAIN, gave_up={"A"}) == {"gold": ((), 1, "unfilled")}


def test_a_special_award_waits_for_the_committee_and_goes_beside_others():
    found = won([GOLD, SPECIAL], PLAIN)
    assert found == {"gold": (("A",), 0, "decided"), "invest": ((), 0, "committee")}
    chosen = won([GOLD, SPECIAL], PLAIN, decisions=[TieDecision("invest", ("A", "D"))])
    assert chosen["invest"] == (("A", "D"), 0, "decided")
    one = won([GOLD, SPECIAL], PLAIN, decisions=[TieDecision("invest", ("D",))])
    assert one["invest"] == (("D",), 1, "decided")
    none = won([SPECIAL], PLAIN, decisions=[VacancyDecision("invest", 2)])
    assert none["invest"] == ((), 2, "decided")


@pytest.mark.parametrize("entries", [("A", "B", "C"), ("Z",), ()])
def test_a_choice_beyond_the_places_is_refused(entries):
    with pytest.raises(Fault, match="应从 A、B、C、D 中选出 2 个"):
        won([SPECIAL], PLAIN, decisions=[TieDecision("invest", entries)])


def test_who_gave_up_cannot_be_chosen():
    with pytest.raises(Fault, match="应从 B、C、D 中选出 2 个"):
        won([SPECIAL], PLAIN, gave_up={"A"}, decisions=[TieDecision("invest", ("A",))])
