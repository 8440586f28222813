"""A new computation keeps what the committee decided as far as it still applies, and names what it could not keep."""

from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from entries.models import Entry
from judging.models import Assignment, ScoreSheet
from judging.states import RECUSED
from results.actions.computation import compute_round, decide_award_tie, leave_award_vacant
from results.models import RoundResult
from results.queries.record import dropped_sentences, record_of
from tests.factories.competitions import AwardQuotaFactory, AwardTypeFactory
from tests.factories.results import AFTER_FINAL, FINAL, publish_preliminary, score_final
from tests.results.actions.test_computation import tied_final, winners


def again(result: RoundResult, cast) -> RoundResult:
    return compute_round(round=result.round, reason="复核评分表", actor=cast.organiser, at=AFTER_FINAL)


def tie_for(result: RoundResult, cast, code: str = "002") -> RoundResult:
    return decide_award_tie(
        result=result, group="startup", award="gold", entries=[code], reason="布局更完整", actor=cast.organiser, at=AFTER_FINAL
    )


def test_a_tie_that_is_still_the_same_stays_decided(cast):
    decided = tie_for(tied_final(cast), cast)
    recomputed = again(decided, cast)
    assert recomputed.version == 3 and winners(recomputed) == {"gold": ["002", "011"]}
    assert record_of(recomputed)["input"]["decisions"] == record_of(decided)["input"]["decisions"]
    assert dropped_sentences(recomputed) == []


def test_a_tie_that_is_gone_takes_its_decision_with_it_and_is_named(cast):
    """002 had won the tie; it is disqualified, 001 stands alone, and the decision answers nothing any more."""
    decided = tie_for(tied_final(cast), cast)
    Entry.objects.filter(number=2).update(state="disqualified")
    recomputed = again(decided, cast)
    assert winners(recomputed) == {"gold": ["001", "011"]}
    assert record_of(recomputed)["input"]["decisions"] == []
    assert dropped_sentences(recomputed) == ["初创组“金奖”给 002 号（布局更完整）"]
    line = AuditEntry.objects.filter(verb="results.result.computed").latest("pk")
    assert [one["entries"] for one in line.detail.content["after"]["dropped_decisions"]] == [["002"]]


def test_a_tie_with_one_more_in_it_is_asked_anew(cast):
    """The committee chose between two. A third with the same marks, which it did not know of, must be looked at."""
    marks = {1: ("startup", ["80"] * 3), 2: ("startup", ["80"] * 3), 3: ("startup", ["80"] * 3), 11: ("growth", ["70"] * 3)}
    cast.edition.award_types.get().quotas.update(quota=1)
    publish_preliminary(cast, marks=marks, votes={"001": 5, "002": 5, "003": 5, "011": 1})
    final = score_final(cast.edition, {1: ["85"] * 5, 2: ["85"] * 5, 3: ["85"] * 5, 11: ["75"] * 5})
    Entry.objects.filter(number=3).update(state="disqualified")
    decided = tie_for(compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL), cast)
    Entry.objects.filter(number=3).update(state="accepted")
    recomputed = again(decided, cast)
    assert [row["tied"] for row in record_of(recomputed)["output"]["open"]] == [["001", "002", "003"]]
    assert dropped_sentences(recomputed) == ["初创组“金奖”给 002 号（布局更完整）"]


def invest(cast) -> RoundResult:
    """The special award of the startup group is the committee's choice: 001."""
    special = AwardTypeFactory(edition=cast.edition, code="invest", name="投资价值奖", position=2, is_stackable=True)
    AwardQuotaFactory(award_type=special, group=cast.edition.tracks.get().groups.get(code="startup"), quota=1)
    publish_preliminary(cast)
    final = score_final(cast.edition)
    final.rules = {**final.rules, "awards": [{"code": "invest", "name": "投资价值奖", "basis": "choice"}]}
    final.save(update_fields=["rules"])
    return decide_award_tie(
        result=compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL), group="startup", award="invest",
        entries=["001"], reason="融资意向最多", actor=cast.organiser, at=AFTER_FINAL,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "stays"), [(3, True), (1, False)])
def test_a_special_award_stays_with_whoever_was_chosen_while_they_take_part(cast, number, stays):
    decided = invest(cast)
    Entry.objects.filter(number=number).update(state="disqualified")
    recomputed = again(decided, cast)
    assert winners(recomputed).get("invest") == (["001"] if stays else None)
    assert dropped_sentences(recomputed) == ([] if stays else ["初创组“投资价值奖”给 001 号（融资意向最多）"])


def test_places_left_empty_stay_empty(cast):
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    left = leave_award_vacant(
        result=result, group="startup", award="gold", count=1, reason="未达水平", actor=cast.organiser, at=AFTER_FINAL
    )
    assert winners(again(left, cast)) == winners(left) == {"gold": ["002", "011", "012"]}


def test_the_plain_mean_is_taken_over_only_while_marks_are_missing(cast):
    marks = {**FINAL, 3: ("70", "71", "72", "73", None)}
    publish_preliminary(cast)
    final = score_final(cast.edition, marks)
    first = compute_round(round=final, plain_mean_reason="一位评委回避", actor=cast.organiser, at=AFTER_FINAL)
    kept = again(first, cast)
    assert [one["kind"] for one in record_of(kept)["input"]["decisions"]] == ["plain_mean"]
    for assignment in Assignment.objects.filter(seat__panel__round=final, seat__number=5).exclude(state=RECUSED):
        ScoreSheet.objects.filter(assignment=assignment).update(state="draft")
        Assignment.objects.filter(pk=assignment.pk).update(state=RECUSED, reason="亲属关系")
    even = again(kept, cast)
    assert record_of(even)["input"]["decisions"] == []
    assert dropped_sentences(even) == ["整轮取平均分（一位评委回避）"]
