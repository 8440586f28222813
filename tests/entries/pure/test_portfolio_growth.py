from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entries.pure.portfolio_growth import growth_between


def rows(*numbers: str, status: str = "filed") -> list[dict[str, object]]:
    return [{"number": number, "status": status} for number in numbers]


def test_added_granted_removed_and_the_sentence() -> None:
    growth = growth_between(rows("a", "b", "c"), [*rows("b"), *rows("a", status="granted"), *rows("d", "e")])
    assert (growth.added, growth.granted, growth.removed) == (("d", "e"), ("a",), ("c",))
    assert growth.sentence == "新增 2 件，其间授权 1 件，移除 1 件"
    assert growth_between(rows("a", ""), rows("a")).sentence == "没有变化"
    assert growth_between([], rows(*"abcdefghi")).sentence == "新增 9 件"


@given(st.sets(st.text("abc123", min_size=1)), st.sets(st.text("abc123", min_size=1)))
def test_added_and_removed_are_the_two_differences(before: set[str], after: set[str]) -> None:
    growth = growth_between(rows(*sorted(before)), rows(*sorted(after)))
    assert (set(growth.added), set(growth.removed)) == (after - before, before - after)
