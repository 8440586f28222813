from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.errors import Blocked, NotAllowed
from judging.models import ScoreSheet
from results.actions.request import request_computation, run_computation, waiting_computations
from results.errors import ComputationRunning
from results.models import Computation, RoundResult
from results.tasks import compute_waiting_rounds
from tests.factories import moments
from tests.factories.results import (
    AFTER_PRELIMINARY,
    FINAL,
    build_preliminary,
    publish_preliminary,
    score_final,
)


def test_a_request_is_carried_out_after_the_commit(cast, django_capture_on_commit_callbacks):
    round_ = build_preliminary(cast.edition)
    with django_capture_on_commit_callbacks(execute=True):
        request = request_computation(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    request.refresh_from_db()
    assert request.state == "done"
    assert (request.result.version, request.result.round) == (1, round_)


def test_what_is_missing_is_said_before_anything_is_queued(cast):
    round_ = build_preliminary(cast.edition, votes=None)
    with pytest.raises(Blocked) as caught:
        request_computation(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert [reason.code for reason in caught.value.reasons] == ["tally_open"]
    assert Computation.objects.count() == 0


def test_one_computation_at_a_time(cast):
    round_ = build_preliminary(cast.edition)
    request_computation(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(ComputationRunning):
        request_computation(round=round_, actor=cast.organiser2, at=AFTER_PRELIMINARY)
    assert Computation.objects.count() == 1


def test_only_organisers_ask(cast):
    round_ = build_preliminary(cast.edition)
    with pytest.raises(NotAllowed):
        request_computation(round=round_, actor=cast.auditor, at=AFTER_PRELIMINARY)
    assert Computation.objects.count() == 0


def test_running_twice_computes_once(cast):
    request = request_computation(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    for _ in range(2):
        run_computation(computation_id=request.pk, at=AFTER_PRELIMINARY)
    assert RoundResult.objects.count() == 1


def test_what_changed_meanwhile_is_kept_as_sentences_and_nothing_is_stored(cast):
    request = request_computation(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    ScoreSheet.objects.filter(assignment__entry__number=1).update(state="draft")
    done = run_computation(computation_id=request.pk, at=AFTER_PRELIMINARY)
    assert (done.state, done.result) == ("refused", None)
    assert done.message.splitlines() == [f"评委 0{n}还有 1 份评分未提交：001 号。" for n in (1, 2, 3)]
    assert RoundResult.objects.count() == 0


def test_rules_that_cannot_be_applied_are_said_on_the_request(cast):
    publish_preliminary(cast)
    round_ = score_final(cast.edition, {**FINAL, 1: ("88.5", "91", "86.5", "90", None)})
    request = request_computation(round=round_, actor=cast.organiser, at=moments.NOTICE_OPENS)
    done = run_computation(computation_id=request.pk, at=moments.NOTICE_OPENS)
    assert done.state == "refused" and "请评委组长决定" in done.message
    assert not round_.results.exists()


def test_the_sweep_takes_up_what_was_lost(cast):
    request = request_computation(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert waiting_computations(AFTER_PRELIMINARY + timedelta(seconds=59)) == []
    assert waiting_computations(AFTER_PRELIMINARY + timedelta(minutes=1)) == [request.pk]


def test_the_periodic_job_computes(cast):
    request = request_computation(
        round=build_preliminary(cast.edition), actor=cast.organiser, at=moments.PRELIMINARY_CLOSES
    )
    with clock.rehearse(moments.PRELIMINARY_CLOSES + timedelta(minutes=2)):
        compute_waiting_rounds()
    request.refresh_from_db()
    assert (request.state, request.result.computed_at) == ("done", moments.PRELIMINARY_CLOSES + timedelta(minutes=2))
