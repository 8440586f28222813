from decimal import Decimal

import pytest

from competitions.pure.award_rule import AwardRule
from core.fault import Fault
from results.pure.awards import TieDecision, VacancyDecision, allocate_awards
from results.pure.rank import rank

GOLD = AwardRule("gold", "金奖", (("*", 2),))
SILVER = AwardRule("silver", "银奖", (("*", 2),))
POPULAR = AwardRule("popular", "人气奖", (("*", 1),), stackable=True, basis="votes")
PLAIN = rank({"A": (95,), "B": (90,), "C": (85,), "D": (80,), "E": (75,)})
TIED = rank({"A": (95,), "B": (90,), "C": (90,), "D": (80,), "E": (75,)})


def allocated(awards, placings, **more):
    return {one.award: one for one in allocate_awards(awards, "startup", placings, **more)}


def test_awards_go_down_the_places():
    found = allocated([GOLD, SILVER], PLAIN)
    assert found["gold"].winners == ("A", "B") and found["silver"].winners == ("C", "D")
    assert {one.status for one in found.values()} == {"decided"}


def test_seventy_entries_in_two_groups_with_two_golds_each():
    awards = [GOLD, AwardRule("silver", "银奖", (("*", 3),)), AwardRule("merit", "优秀奖", (("*", 5),))]
    for group, size in (("startup", 40), ("growth", 30)):
        placings = rank({f"{group[0]}{n:02}": (Decimal(100 - n),) for n in range(size)})
        found = allocate_awards(awards, group, placings)
        assert [list(one.winners) for one in found] == [
            [f"{group[0]}{n:02}" for n in span] for span in (range(2), range(2, 5), range(5, 10))
        ]
        assert all(one.vacant == 0 and one.status == "decided" for one in found)


def test_a_tie_at_an_award_is_put_to_the_committee_and_lower_awards_wait():
    found = allocated([GOLD, SILVER], TIED)
    assert found["gold"].winners == ("A",) and found["gold"].tied == ("B", "C")
    assert found["gold"].status == "committee"
    assert found["silver"].status == "waiting" and found["silver"].winners == ()


def test_a_tie_within_the_quota_needs_nobody():
    placings = rank({"A": (95,), "B": (95,), "C": (90,)})
    assert allocated([GOLD], placings)["gold"].winners == ("A", "B")


def test_the_committees_choice_is_followed_and_the_other_moves_on():
    found = allocated([GOLD, SILVER], TIED, decisions=[TieDecision("gold", ("C",))])
    assert found["gold"].winners == ("A", "C") and found["gold"].shared == ()
    assert found["silver"].winners == ("B", "D")


def test_the_committee_may_let_them_share():
    found = allocated([GOLD, SILVER], TIED, decisions=[TieDecision("gold", ("B", "C"))])
    assert found["gold"].winners == ("A", "B", "C") and found["gold"].shared == ("B", "C")
    assert found["gold"].vacant == 0 and found["silver"].winners == ("D", "E")


def test_the_rule_may_let_them_share():
    shared = AwardRule("gold", "金奖", (("*", 2),), tie="share")
    assert allocated([shared], TIED)["gold"].winners == ("A", "B", "C")


def test_the_committee_may_leave_an_award_vacant():
    found = allocated([GOLD, SILVER], PLAIN, decisions=[VacancyDecision("gold", 1)])
    assert found["gold"].winners == ("A",) and found["gold"].vacant == 1
    assert found["silver"].winners == ("B", "C")


def test_a_minimum_leaves_awards_vacant():
    floor = AwardRule("gold", "金奖", (("*", 2),), min_total=Decimal(91))
    totals = {one.entry: Decimal(total) for one, total in zip(PLAIN, (95, 90, 85, 80, 75), strict=True)}
    found = allocated([floor], PLAIN, totals=totals)["gold"]
    assert (found.winners, found.vacant, found.status) == (("A",), 1, "decided")


def test_a_group_of_one_and_awards_that_may_not_stay_vacant():
    one = rank({"A": (95,)})
    firm = AwardRule("gold", "金奖", (("*", 2),), may_stay_vacant=False)
    assert allocated([GOLD], one)["gold"].vacant == 1
    assert allocated([firm], one)["gold"].status == "unfilled"
    assert allocated([AwardRule("gold", "金奖", (("growth", 2),))], one)["gold"].winners == ()


def test_the_popularity_award_goes_beside_another():
    found = allocated([GOLD, POPULAR], PLAIN, vote_placings=rank({"A": (50,), "E": (20,)}))
    assert found["popular"].winners == ("A",) and found["gold"].winners == ("A", "B")


def test_a_stackable_award_is_given_while_a_tie_above_is_open():
    found = allocated([GOLD, POPULAR], TIED, vote_placings=rank({"D": (50,)}))
    assert found["gold"].status == "committee" and found["popular"].winners == ("D",)


def test_nobody_with_votes_leaves_the_popularity_award_vacant():
    assert allocated([POPULAR], PLAIN)["popular"].vacant == 1


@pytest.mark.parametrize(
    "decisions",
    [
        [TieDecision("gold", ("D",))],
        [TieDecision("gold", ())],
        [TieDecision("gold", ("B", "B"))],
        [TieDecision("gold", ("B",)), TieDecision("gold", ("C",))],
        [TieDecision("silver", ("D",)), TieDecision("gold", ("B",))],
        [VacancyDecision("gold", 3)],
        [TieDecision("bronze", ("A",))],
    ],
)
def test_decisions_that_do_not_fit_are_refused(decisions):
    with pytest.raises(Fault) as refusal:
        allocated([GOLD, SILVER], TIED, decisions=decisions)
    assert refusal.value.code == "bad_decision"


def test_an_award_that_may_not_stay_vacant_is_not_left_vacant():
    firm = AwardRule("gold", "金奖", (("*", 2),), may_stay_vacant=False)
    with pytest.raises(Fault, match="不能空缺 1 个"):
        allocated([firm], PLAIN, decisions=[VacancyDecision("gold", 1)])
