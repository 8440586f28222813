from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.models import StageOverride
from judging.models import RoadshowSlot
from results.actions.computation import compute_round
from results.queries.guard import input_statuses, missing_inputs
from results.queries.participants import participants
from tests.factories import moments
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    build_preliminary,
    publish_preliminary,
    score_final,
)


def topics(round_, at) -> dict[str, bool]:
    return {status.topic: status.is_ready for status in input_statuses(round_, at)}


def test_every_input_is_told(cast):
    round_ = build_preliminary(cast.edition)
    assert topics(round_, AFTER_PRELIMINARY) == dict.fromkeys(["stage", "entries", "sheets", "votes", "rules"], True)
    facts = {status.topic: status.fact for status in input_statuses(round_, AFTER_PRELIMINARY)}
    assert (facts["entries"], facts["votes"]) == ("5 个项目参评", "终计 2,400 张有效票")


def test_rules_that_cannot_be_used_are_a_reason(cast):
    round_ = build_preliminary(cast.edition)
    round_.rules = {**round_.rules, "weights": {"panel": "0.9", "public_vote": "0.05"}}
    round_.save()
    reasons = missing_inputs(round_, AFTER_PRELIMINARY)
    assert [reason.code for reason in reasons] == ["rules_invalid"]
    assert "各部分之和应为 1" in reasons[0].message


def test_a_paused_stage_is_not_over(cast):
    round_ = build_preliminary(cast.edition)
    StageOverride.objects.create(
        stage=round_.stage, kind="pause", at=moments.DURING_PRELIMINARY, reason="系统维护", by=cast.organiser
    )
    assert topics(round_, AFTER_PRELIMINARY)["stage"] is False
    assert len(participants(round_)) == 5


def test_who_is_absent_from_the_final_is_not_waited_for(cast):
    publish_preliminary(cast)
    round_ = score_final(cast.edition)
    entry = cast.edition.entries.get(number=12)
    RoadshowSlot.objects.create(round=round_, entry=entry, position=1, state="absent")
    assert {one.entry.code: one.status for one in participants(round_)}["012"] == "withdrawn"
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_FINAL)
    assert (result.placings.get(entry=entry).place, result.placings.get(entry=entry).outcome) == (None, "forfeited")


@pytest.mark.parametrize(("shift", "open_"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_the_stage_ends_half_open(cast, shift, open_):
    round_ = build_preliminary(cast.edition)
    assert topics(round_, moments.PRELIMINARY_CLOSES + shift)["stage"] is not open_
