"""An entry that comes back when the formality stage is over can still be examined, and no other can."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.actions import add_exclusion
from competitions.models import StageOverride
from core.errors import Blocked
from entries.actions import accept_entry, pick_up_entry, reinstate_entry, reject_entry, return_entry
from entries.actions.extension import extend_entry
from entries.errors import FormalityClosed
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.entries.returned import return_entry_with
from tests.entries.terms import set_rules
from tests.factories import moments

CLOSED = moments.FORMALITY_CLOSES
LATE = CLOSED + timedelta(days=1)


def rejected(cast: Cast) -> Entry:
    entry = build_submitted_entry(cast)
    pick_up_entry(entry=entry, actor=cast.examiner, at=moments.DURING_FORMALITY)
    return reject_entry(entry=entry, reason_code="not_valid", actor=cast.examiner, at=moments.DURING_FORMALITY)


def test_the_stage_ends_at_its_very_moment(cast):
    entry = build_submitted_entry(cast)
    with pytest.raises(FormalityClosed):
        pick_up_entry(entry=entry, actor=cast.examiner, at=CLOSED)
    assert pick_up_entry(entry=entry, actor=cast.examiner, at=CLOSED - timedelta(seconds=1)).state == "under_review"


def test_a_reinstated_entry_is_examined_after_the_stage_and_once(cast):
    entry = reinstate_entry(entry=rejected(cast), reason="申诉成立", actor=cast.organiser, at=LATE)
    pick_up_entry(entry=entry, actor=cast.examiner, at=LATE)
    returned = return_entry(entry=entry, comments=[("summary", "请改")], actor=cast.examiner, at=LATE)
    assert returned.reviews.get(decision="return").due_at > LATE  # no end of the stage cuts it off
    other = build_submitted_entry(cast)
    with pytest.raises(FormalityClosed):
        pick_up_entry(entry=other, actor=cast.examiner, at=LATE)
    assert not other.reviews.exists()


def test_the_verdict_closes_the_door_again(cast):
    entry = reinstate_entry(entry=rejected(cast), reason="申诉成立", actor=cast.organiser, at=LATE)
    pick_up_entry(entry=entry, actor=cast.examiner, at=LATE)
    accepted = accept_entry(entry=entry, actor=cast.examiner, at=LATE)
    assert accepted.number == 1
    Entry.objects.filter(pk=entry.pk).update(state="submitted")
    with pytest.raises(FormalityClosed):
        pick_up_entry(entry=entry, actor=cast.examiner, at=LATE + timedelta(hours=1))


def test_a_correction_put_off_past_the_stage_is_examined(cast):
    entry = build_submitted_entry(cast)
    return_entry_with(entry, cast, "summary")
    extend_entry(entry=entry, kind="correction", until=LATE, reason="病假", actor=cast.organiser, at=moments.DURING_FORMALITY)
    Entry.objects.filter(pk=entry.pk).update(state="under_review")
    assert pick_up_entry(entry=entry, actor=cast.examiner, at=LATE)


def test_a_paused_stage_holds_up_everybody(cast):
    entry = reinstate_entry(entry=rejected(cast), reason="申诉成立", actor=cast.organiser, at=moments.DURING_FORMALITY)
    stage = cast.edition.stages.get(kind="formality")
    StageOverride.objects.create(stage=stage, kind="pause", at=moments.DURING_FORMALITY, reason="停电", by=cast.organiser)
    with pytest.raises(FormalityClosed):
        pick_up_entry(entry=entry, actor=cast.examiner, at=moments.DURING_FORMALITY + timedelta(hours=1))


def test_withdraw_and_revive_get_round_no_limit(cast):
    entry = rejected(cast)
    set_rules(cast, max_entries_enterprise=1)
    build_submitted_entry(cast)
    with pytest.raises(Blocked) as caught:
        reinstate_entry(entry=entry, reason="申诉成立", actor=cast.organiser, at=LATE)
    assert "最多 1 个" in caught.value.reasons[0].message
    set_rules(cast, max_entries_enterprise=3)
    add_exclusion(
        edition=cast.edition, name="x", uscc=cast.organisation.uscc, until_year=2027, reason="弄虚作假", actor=cast.organiser, at=LATE
    )
    with pytest.raises(Blocked) as caught:
        reinstate_entry(entry=entry, reason="申诉成立", actor=cast.organiser, at=LATE)
    assert "弄虚作假" in caught.value.reasons[0].message
    entry.refresh_from_db()
    assert entry.state == "rejected"
