from __future__ import annotations

import pytest

from core.actor import SYSTEM
from core.audit.models import AuditDetail, AuditEntry
from core.errors import NotAllowed, WrongState
from entries import states
from entries.actions.transition import PAST, advance
from entries.models import EntryTransition
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory

AT = moments.DURING_REGISTRATION


@pytest.fixture
def entry(cast: Cast):
    entry = EntryFactory(edition=cast.edition, created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    return entry


def test_a_step_changes_state_timeline_and_journal(cast, entry):
    moved = advance(entry, "submit", actor=cast.applicant, at=AT, note="首次提交", changes={"submitted_at": AT})

    entry.refresh_from_db()
    assert (moved.state, entry.state, entry.submitted_at) == (states.SUBMITTED, states.SUBMITTED, AT)
    step = EntryTransition.objects.get()
    assert (step.verb, step.source, step.target, step.at) == ("submit", "draft", "submitted", AT)
    assert (step.actor, step.note) == ("丁工", "首次提交")
    line = AuditEntry.objects.get()
    assert (line.verb, line.object_id, line.edition) == ("entries.entry.submitted", entry.public_id, "jgs2026")
    content = AuditDetail.objects.get(entry=line).content
    assert content["before"] == {"state": "draft", "submitted_at": None}
    assert content["after"]["state"] == "submitted"


def test_a_step_the_table_lacks_is_refused_and_changes_nothing(cast, entry):
    with pytest.raises(WrongState) as refused:
        advance(entry, "accept", actor=cast.examiner, at=AT)

    assert "草稿" in refused.value.text
    entry.refresh_from_db()
    assert entry.state == states.DRAFT
    assert not EntryTransition.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["rival", "stranger", "examiner", "organiser"])
def test_a_person_without_the_permission_of_the_step_is_refused(cast, entry, who):
    with pytest.raises(NotAllowed):
        advance(entry, "submit", actor=cast.people[who], at=AT)

    entry.refresh_from_db()
    assert entry.state == states.DRAFT
    assert not EntryTransition.objects.exists()


def test_the_state_is_read_from_the_database_not_from_the_object_passed_in(cast, entry):
    advance(entry, "submit", actor=cast.applicant, at=AT)

    with pytest.raises(WrongState):
        advance(entry, "submit", actor=cast.applicant, at=AT)

    assert EntryTransition.objects.count() == 1


def test_the_platform_needs_no_permission(entry):
    assert advance(entry, "withdraw", actor=SYSTEM, at=AT).state == states.WITHDRAWN


def test_every_verb_of_the_table_has_a_word_for_the_journal():
    assert set(PAST) == set(states.ENTRY.moves)
