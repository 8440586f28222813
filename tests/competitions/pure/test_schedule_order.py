"""Which stage lies before which."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from competitions.pure.edition_preset import JIANGGAOSAI, UNCONFIRMED, first_day_for
from competitions.pure.schedule_order import ORDER, schedule_faults

WINDOWS = {stage.kind: stage.window(date(2026, 7, 1)) for stage in JIANGGAOSAI.stages}
DAY = timedelta(days=1)


def test_the_preset_is_in_order() -> None:
    assert schedule_faults(WINDOWS) == []


def test_stages_an_edition_lacks_are_passed_over() -> None:
    assert schedule_faults({kind: WINDOWS[kind] for kind in ("registration", "final")}) == []


@pytest.mark.parametrize(("earlier", "edge", "later", "other"), ORDER)
def test_each_rule_of_order_is_held_to_the_second(earlier: str, edge: int, later: str, other: int) -> None:
    limit = WINDOWS[later][other]
    moved = list(WINDOWS[earlier])
    moved[edge] = limit
    pair = {earlier: (min(moved[0], limit - DAY) if edge else moved[0], max(moved)), later: WINDOWS[later]}
    if not edge:
        pair[earlier] = (limit, max(moved[1], limit + DAY))
    named = [fault for fault in schedule_faults(pair) if "不能晚于" in fault]
    worse = dict(pair)
    second = timedelta(seconds=1)
    worse[earlier] = tuple(value + second if place == edge else value for place, value in enumerate(pair[earlier]))
    assert len([fault for fault in schedule_faults(worse) if "不能晚于" in fault]) == len(named) + 1


def test_an_end_must_come_after_its_beginning() -> None:
    opens, _ = WINDOWS["final"]
    assert schedule_faults({"final": (opens, opens)}) == ["决赛的截止时间须晚于开始时间。"]


def test_the_first_day() -> None:
    assert first_day_for(2027, date(2027, 6, 1)) == date(2027, 7, 1)
    assert first_day_for(2027, date(2027, 6, 2)) == date(2027, 7, 2)


def test_keys_of_unconfirmed_values_are_used_once() -> None:
    keys = [value.key for value in UNCONFIRMED]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 60
