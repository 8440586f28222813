from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.errors import Blocked, NotAllowed, WrongState
from entries.actions import disqualify_entry
from results.actions.approval import approve_result
from results.actions.computation import compute_round
from results.errors import ApprovedAlready, ResultStale
from results.models import ResultApproval
from results.queries.state import result_state
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    build_preliminary,
    publish_preliminary,
    score_final,
)
from tests.results.actions.test_computation import tied_final


@pytest.fixture
def proposed(cast):
    return compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)


def test_two_different_persons_approve(cast, proposed):
    """Whoever computed may be one of them."""
    approve_result(result=proposed, note="", actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert result_state(proposed) == "proposed"
    approve_result(result=proposed, note="已核对", actor=cast.organiser2, at=AFTER_PRELIMINARY)
    assert result_state(proposed) == "approved"
    assert list(proposed.approvals.values_list("by__name", "note")) == [("江晓", ""), ("江越", "已核对")]
    assert AuditEntry.objects.filter(verb="results.result.approved").count() == 2


def test_one_person_does_not_count_twice(cast, proposed):
    approve_result(result=proposed, actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(ApprovedAlready):
        approve_result(result=proposed, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert proposed.approvals.count() == 1 and result_state(proposed) == "proposed"


@pytest.mark.parametrize("who", ["auditor", "chief", "foreigner", "applicant"])
def test_only_organisers_approve(cast, proposed, who):
    with pytest.raises(NotAllowed):
        approve_result(result=proposed, actor=cast.people[who], at=AFTER_PRELIMINARY)
    assert ResultApproval.objects.count() == 0


def test_a_superseded_version_is_not_approved(cast, proposed):
    compute_round(round=proposed.round, reason="复核", actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(WrongState):
        approve_result(result=proposed, actor=cast.organiser2, at=AFTER_PRELIMINARY)
    assert ResultApproval.objects.count() == 0


@pytest.mark.parametrize("first", [False, True])
def test_a_version_that_no_longer_holds_is_not_approved_before_it_is_computed_anew(cast, proposed, first):
    """Neither the first approval nor the second, when the change came between them."""
    if first:
        approve_result(result=proposed, actor=cast.organiser, at=AFTER_PRELIMINARY)
    entry = proposed.placings.get(entry__number=2).entry
    disqualify_entry(entry=entry, reason="材料造假", actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(ResultStale) as caught:
        approve_result(result=proposed, actor=cast.organiser2, at=AFTER_PRELIMINARY)
    assert caught.value.text == "第 1 版结果计算之后有变化，这一版没有反映，不能核准。请重新计算，再核准新的一版。"
    changed, mend = caught.value.reasons
    assert changed.message.startswith("002 号项目由“参评”变为“")
    assert mend.url == "/org/jgs2026/results/preliminary/#cp"
    assert ResultApproval.objects.count() == first
    again = compute_round(round=proposed.round, reason="002 号取消资格", actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_result(result=again, actor=cast.organiser2, at=AFTER_PRELIMINARY)
    assert again.approvals.count() == 1


def test_an_undecided_tie_blocks_the_approval(cast):
    result = tied_final(cast)
    with pytest.raises(Blocked) as caught:
        approve_result(result=result, note="同意", actor=cast.organiser, at=AFTER_FINAL)
    assert [reason.message for reason in caught.value.reasons] == [
        "初创组“金奖”还有并列未决定，请先由评委会决定并写明理由。"
    ]
    assert result.approvals.count() == 0


def test_an_award_that_could_not_be_given_needs_a_note(cast):
    cast.edition.award_types.update(may_stay_vacant=False)
    cast.edition.award_types.get().quotas.update(quota=3)
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    with pytest.raises(Blocked) as caught:
        approve_result(result=result, actor=cast.organiser, at=AFTER_FINAL)
    assert [reason.code for reason in caught.value.reasons] == ["award_unfilled"]
    approve_result(result=result, note="成长组只有两个项目", actor=cast.organiser, at=AFTER_FINAL)
    assert result.approvals.get().note == "成长组只有两个项目"
