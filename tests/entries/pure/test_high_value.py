from __future__ import annotations

from datetime import date

import pytest

from entries.pure.high_value import PatentFacts, high_value_badges

TODAY = date(2026, 9, 5)


def badges(*, is_emerging: bool = False, awards: str = "", in_force: bool = True, **facts: object) -> tuple[str, ...]:
    return high_value_badges(PatentFacts(in_force, **facts), is_emerging=is_emerging, awards=awards, today=TODAY)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, ()),
        ({"is_emerging": True}, ("emerging",)),
        ({"has_overseas_family": True}, ("overseas",)),
        ({"filed_on": date(2016, 9, 4)}, ("long_lived",)),
        ({"filed_on": date(2016, 9, 5)}, ()),
        ({"filed_on": date(2017, 1, 1)}, ()),
        ({"is_pledged": True}, ("pledged",)),
        ({"awards": "第二十三届中国专利优秀奖"}, ("awarded",)),
        ({"awards": "广东省专利奖"}, ()),
        ({"is_emerging": True, "is_pledged": True, "filed_on": date(2010, 1, 1)}, ("emerging", "long_lived", "pledged")),
    ],
)
def test_each_case_holds_by_itself_and_together(known: dict, found: tuple[str, ...]) -> None:
    assert badges(**known) == found


def test_only_an_invention_in_force_counts() -> None:
    assert badges(in_force=False, is_emerging=True, is_pledged=True, has_overseas_family=True) == ()
