from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fault import Fault
from results.pure.rank import rank

D = Decimal


def shown(keys, method="competition") -> dict[str, str]:
    return {one.entry: one.shown for one in rank(keys, method)}


def test_places_are_one_two_two_four():
    keys = {"A": (D(90),), "B": (D("88.50"),), "C": (D("88.5"),), "D": (D(70),)}
    assert shown(keys) == {"A": "1", "B": "2=", "C": "2=", "D": "4"}
    assert shown(keys, "dense")["D"] == "3"


def test_the_deciding_step_is_shown():
    keys = {
        "A": (D(90), D(80), D(1)),
        "B": (D(90), D(85), D(1)),
        "C": (D(90), D(80), D(2)),
        "D": (D(95), D(0), D(0)),
        "E": (D(70), D(1), D(1)),
        "F": (D(70), D(1), D(1)),
    }
    found = {one.entry: (one.place, one.shared, one.decided_by) for one in rank(keys)}
    assert found == {
        "D": (1, False, 0),
        "B": (2, False, 1),
        "C": (3, False, 2),
        "A": (4, False, 2),
        "E": (5, True, None),
        "F": (5, True, None),
    }


def test_a_key_one_of_the_tied_lacks_is_passed_over_and_said():
    found = rank({"A": (D(90), None, D(1)), "B": (D(90), D(80), D(2)), "C": (D(80), None, None)})
    assert [(one.entry, one.place, one.decided_by, one.passed_over) for one in found] == [
        ("B", 1, 2, (1,)),
        ("A", 2, 2, (1,)),
        ("C", 3, 0, ()),
    ]


def test_groups_of_none_and_of_one():
    assert rank({}) == []
    (only,) = rank({"A": (D(1), None)})
    assert (only.place, only.shown, only.decided_by) == (1, "1", 0)


def test_everybody_equal_shares_the_first_place():
    assert set(shown({code: (D(90), D(90)) for code in "CAB"}).values()) == {"1="}


@pytest.mark.parametrize(
    ("keys", "method", "code"),
    [
        ({"A": (None,)}, "competition", "key_missing"),
        ({"A": ()}, "competition", "key_missing"),
        ({"A": (D(1),), "B": (D(1), D(2))}, "competition", "bad_keys"),
        ({"A": (D(1),)}, "olympic", "unknown_method"),
    ],
)
def test_what_cannot_be_ranked_is_refused(keys, method, code):
    with pytest.raises(Fault) as refusal:
        rank(keys, method)
    assert refusal.value.code == code


@given(st.dictionaries(st.text("ABCDEF", min_size=1, max_size=2), st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_the_place_is_one_more_than_the_number_of_better_entries(keys):
    for one in rank(keys):
        assert one.place == 1 + sum(other > keys[one.entry] for other in keys.values())
        assert one.shared == (list(keys.values()).count(keys[one.entry]) > 1)
