from decimal import Decimal

import pytest

from competitions.pure.advance_rule import AdvanceRule
from core.fault import Fault
from results.pure.advance import finalists
from results.pure.rank import rank

FIVE = rank({"A": (90,), "B": (80,), "C": (80,), "D": (70,), "E": (60,)})


def test_the_first_places_advance():
    found = finalists(FIVE, AdvanceRule(top_n=3))
    assert (found.field, found.quota, found.cut_place) == (5, 3, 2)
    assert found.advanced == ("A", "B", "C") and found.tied_at_cut == ()


def test_a_tie_at_the_cut_lets_all_advance_even_beyond_the_maximum():
    found = finalists(FIVE, AdvanceRule(top_n=2, maximum=2))
    assert found.advanced == ("A", "B", "C") and found.tied_at_cut == ("B", "C") and found.quota == 2


def test_percent_with_bounds():
    half = AdvanceRule(method="percent", percent=Decimal(50))
    assert finalists(FIVE, half).quota == 2
    assert finalists(FIVE, AdvanceRule(method="percent", percent=Decimal(1), minimum=1)).advanced == ("A",)
    assert finalists(FIVE, AdvanceRule(method="percent", percent=Decimal(1))).advanced == ()


def test_who_gives_up_is_replaced_only_with_backfilling():
    without = finalists(FIVE, AdvanceRule(top_n=3), declined=["A"])
    assert without.advanced == ("B", "C") and without.declined == ("A",)
    replaced = finalists(FIVE, AdvanceRule(top_n=3, backfill=True), declined=["A"])
    assert replaced.advanced == ("B", "C", "D") and replaced.cut_place == 4


def test_byes_go_on_beside_the_quota():
    found = finalists(FIVE, AdvanceRule(top_n=1, byes=2), byes=["Y", "X"])
    assert found.advanced == ("A",) and found.byes == ("X", "Y")
    with pytest.raises(Fault, match="直接晋级 2 个，超过规则允许的 1 个"):
        finalists(FIVE, AdvanceRule(top_n=1, byes=1), byes=["Y", "X"])


def test_groups_of_one_and_of_none():
    assert finalists(rank({"A": (1,)}), AdvanceRule(top_n=10)).advanced == ("A",)
    found = finalists([], AdvanceRule(top_n=10, byes=1), byes=["X"])
    assert found.advanced == () and found.cut_place is None and found.byes == ("X",)
