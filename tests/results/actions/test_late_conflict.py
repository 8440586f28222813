"""A conflict found after the result was computed: the sheet counts no more, the result says so on its page and is computed anew."""

from __future__ import annotations

import pytest

from core.errors import Blocked
from judging.actions.conflict import declare_conflict
from judging.models import PanelSeat
from results.actions.computation import compute_round
from results.queries.drift import input_drift
from tests.factories.results import AFTER_PRELIMINARY, build_preliminary

MARKS = {1: ("startup", ["90", "80", "70", "60"]), 2: ("startup", ["50", "50", "50", "50"])}
NO_VOTES = {"001": 0, "002": 0}
AT = AFTER_PRELIMINARY


def test_a_late_conflict_voids_the_sheet_and_is_no_zero(cast):
    round_ = build_preliminary(cast.edition, MARKS, NO_VOTES)
    first = compute_round(round=round_, actor=cast.organiser, at=AT)
    entry = first.placings.get(entry__number=1).entry
    assert (str(first.placings.get(entry=entry).panel_score), input_drift(round_, first)) == ("75.00", [])
    judge = PanelSeat.objects.get(panel__round=round_, number=4).judge
    declare_conflict(judge=judge, entry=entry, reason="评审后查明曾任顾问", actor=cast.organiser, at=AT)
    assert input_drift(round_, first) == ["评委 04给 001 号项目的评分表已退回。"]
    with pytest.raises(Blocked):
        compute_round(round=round_, actor=cast.organiser, at=AT)  # a correction needs its reason
    second = compute_round(round=round_, reason="评委 04 回避 001 号", actor=cast.organiser, at=AT)
    assert str(second.placings.get(entry=entry).panel_score) == "80.00"
    assert input_drift(round_, second) == []
    assert str(first.placings.get(entry=entry).panel_score) == "75.00"  # the version before stays as it was
