from decimal import Decimal

import pytest

from core.fault import Fault
from results.pure.votes_to_points import ranks_to_points, vote_places, votes_to_points


def points(votes: list[int], method: str) -> list[str]:
    return [str(one) for one in votes_to_points({f"E{n}": v for n, v in enumerate(votes)}, method).values()]


@pytest.mark.parametrize(
    ("method", "votes", "expected"),
    [
        ("max", [200000, 150000, 1, 0], ["100.00", "75.00", "0.00", "0.00"]),
        ("max", [3, 2, 1], ["100.00", "66.67", "33.33"]),
        ("rank", [40, 30, 30, 10], ["100.00", "75.00", "75.00", "25.00"]),
        ("log", [999, 99, 9, 0], ["100.00", "66.67", "33.33", "0.00"]),
        ("steps", [60, 50, 40, 30, 20, 10], ["10.00", "9.50", "9.00", "8.50", "8.00", "7.50"]),
        ("steps", [5, 5, 3], ["10.00", "10.00", "9.00"]),
        ("max", [7], ["100.00"]),
        ("rank", [7], ["100.00"]),
        ("log", [7], ["100.00"]),
    ],
)
def test_points(method, votes, expected):
    assert points(votes, method) == expected


@pytest.mark.parametrize("method", ["max", "rank", "log", "steps"])
def test_without_any_vote_everybody_gets_nothing(method):
    assert points([0, 0, 0], method) == ["0.00"] * 3
    assert points([], method) == []


def test_steps_never_fall_below_nothing():
    assert points(list(range(30, 0, -1)), "steps")[20:] == ["0.00"] * 10


def test_places_by_votes_are_shared():
    assert vote_places({"A": 5, "B": 9, "C": 5, "D": 1}) == {"B": 1, "A": 2, "C": 2, "D": 4}
    assert ranks_to_points({"A": 1, "B": 2}) == {"A": Decimal("100.00"), "B": Decimal("50.00")}


@pytest.mark.parametrize("votes", [{"A": -1}, {"A": 1.0}, {"A": True}, {"A": "3"}])
def test_odd_votes_are_refused(votes):
    with pytest.raises(Fault, match="项目 A 的票数"):
        votes_to_points(votes, "max")


def test_unknown_methods_are_refused():
    with pytest.raises(Fault, match="“sum”未知"):
        votes_to_points({"A": 1}, "sum")
    with pytest.raises(Fault, match="“max”未知"):
        ranks_to_points({"A": 1}, "max")
