"""Disqualifying and bringing back."""

from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed, WrongState
from core.outbox.models import Message
from entries import states
from entries.actions.standing import disqualify_entry, reinstate_entry
from entries.errors import NeverSubmitted, ReasonNeeded
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories.entries import build_accepted_entry


def test_a_disqualified_entry_keeps_its_number(cast: Cast) -> None:
    entry = disqualify_entry(entry=build_accepted_entry(cast.edition, 5), reason="权属造假。", actor=cast.organiser, at=AT)
    entry.refresh_from_db()
    assert (entry.state, entry.number, entry.transitions.get().note) == (states.DISQUALIFIED, 5, "权属造假。")
    assert "理由：权属造假。" in Message.objects.get(recipient="contact@example.invalid").body
    assert AuditEntry.objects.filter(verb="entries.entry.disqualified").count() == 1


@pytest.mark.parametrize(
    ("who", "reason", "refusal"),
    [("organiser", " ", ReasonNeeded), ("examiner", "越权", NotAllowed), ("foreigner", "越权", NotAllowed)],
)
def test_a_refused_disqualification_changes_nothing(cast: Cast, who: str, reason: str, refusal: type[Exception]) -> None:
    entry = build_accepted_entry(cast.edition, 5)
    with pytest.raises(refusal):
        disqualify_entry(entry=entry, reason=reason, actor=getattr(cast, who), at=AT)
    entry.refresh_from_db()
    assert (entry.state, AuditEntry.objects.count(), Message.objects.count()) == (states.ACCEPTED, 0, 0)


def test_only_accepted_entries_are_disqualified(cast: Cast) -> None:
    with pytest.raises(WrongState):
        disqualify_entry(entry=build_submitted_entry(cast), reason="早了", actor=cast.organiser, at=AT)
    assert Entry.objects.get().state == states.SUBMITTED


@pytest.mark.parametrize("state", [states.REJECTED, states.WITHDRAWN])
def test_an_entry_comes_back_to_examination(cast: Cast, state: str) -> None:
    entry = reinstate_entry(entry=build_submitted_entry(cast, state=state), reason="异议成立。", actor=cast.organiser, at=AT)
    assert (entry.state, entry.reviews.count()) == (states.UNDER_REVIEW, 0)
    assert AuditEntry.objects.filter(verb="entries.entry.reinstated").count() == 1


def test_a_draft_that_was_withdrawn_does_not_come_back(cast: Cast) -> None:
    entry = build_submitted_entry(cast, state=states.WITHDRAWN, submitted_at=None)
    with pytest.raises(NeverSubmitted):
        reinstate_entry(entry=entry, reason="再来", actor=cast.organiser, at=AT)
    with pytest.raises(ReasonNeeded):
        reinstate_entry(entry=entry, reason="", actor=cast.organiser, at=AT)
    entry.refresh_from_db()
    assert (entry.state, AuditEntry.objects.count()) == (states.WITHDRAWN, 0)
