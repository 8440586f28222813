"""Boundaries of every term, and the personal extension that moves one for a single applicant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from core.models import AuditEntry, Message
from entries.actions import recall_entry, resubmit_entry, save_entry, start_entry, submit_entry
from entries.actions.extension import extend_entry, extend_registration
from entries.errors import CorrectionOverdue, ExtensionUnusable, ReasonNeeded, RegistrationClosed
from entries.models import DeadlineExtension
from entries.queries.extension import registration_end
from tests.cast import Cast
from tests.entries.returned import return_entry_with
from tests.factories import moments

SECOND = timedelta(seconds=1)
CLOSES = moments.REGISTRATION_CLOSES
LATER = CLOSES + timedelta(days=2)


def extend(cast: Cast, **changed: object) -> DeadlineExtension:
    known = {"organisation": cast.organisation, "until": LATER, "reason": "台风停工", "actor": cast.organiser, "at": CLOSES}
    return extend_registration(edition=cast.edition, **{**known, **changed})


def test_a_draft_is_submitted_the_second_before_the_end_and_not_at_it(cast, draft):
    with pytest.raises(RegistrationClosed):
        submit_entry(entry=draft, actor=cast.applicant, at=CLOSES)
    assert not draft.submissions.exists()
    assert submit_entry(entry=draft, actor=cast.applicant, at=CLOSES - SECOND).state == "submitted"


def test_an_extension_opens_begin_fill_submit_and_recall_for_one_applicant(cast, draft):
    extend(cast)
    assert registration_end(draft, CLOSES) == LATER
    assert start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=CLOSES)
    with pytest.raises(RegistrationClosed):
        start_entry(edition=cast.edition, organisation=cast.rival_organisation, actor=cast.rival, at=CLOSES)
    saved = save_entry(entry=draft, version=draft.version, values={"pitch": "新"}, actor=cast.applicant, at=LATER - SECOND)
    filed = submit_entry(entry=saved, actor=cast.applicant, at=LATER - SECOND)
    recall_entry(entry=filed, actor=cast.applicant, at=LATER - SECOND)
    with pytest.raises(RegistrationClosed):
        submit_entry(entry=filed, actor=cast.applicant, at=LATER)
    assert draft.submissions.count() == 1


def test_the_latest_extension_counts_and_everybody_concerned_is_told(cast, draft):
    extend(cast)
    extend(cast, until=LATER - timedelta(days=1), at=CLOSES + SECOND)
    with pytest.raises(RegistrationClosed):
        submit_entry(entry=draft, actor=cast.applicant, at=LATER - SECOND)
    assert AuditEntry.objects.filter(verb="entries.extension.granted").count() == 2
    assert "台风停工" in Message.objects.filter(recipient="contact@example.invalid").latest("pk").body


@pytest.mark.parametrize("at", [CLOSES - timedelta(days=61, hours=10), moments.SET_UP])
def test_an_extension_opens_nothing_before_the_registration(cast, draft, at):
    extend(cast)
    with pytest.raises(RegistrationClosed):
        submit_entry(entry=draft, actor=cast.applicant, at=moments.REGISTRATION_OPENS - SECOND)
    assert not draft.submissions.exists()


def test_a_correction_ends_at_its_term_and_may_be_put_off_after_it(cast, draft):
    review = return_entry_with(draft, cast, "summary")
    due = review.due_at
    draft.refresh_from_db()
    save_entry(entry=draft, version=draft.version, values={"summary": "改过"}, actor=cast.applicant, at=due - SECOND)
    with pytest.raises(CorrectionOverdue):
        resubmit_entry(entry=draft, actor=cast.applicant, at=due)
    assert not draft.submissions.exists()
    longer = due + timedelta(days=3)
    extend_entry(entry=draft, kind="correction", until=longer, reason="病假", actor=cast.organiser, at=due)
    with pytest.raises(CorrectionOverdue):
        resubmit_entry(entry=draft, actor=cast.applicant, at=longer)
    assert resubmit_entry(entry=draft, actor=cast.applicant, at=longer - SECOND).state == "under_review"


def test_what_is_no_extension_is_refused_and_nothing_is_logged(cast, draft):
    lines = AuditEntry.objects.count()
    with pytest.raises(ReasonNeeded):
        extend(cast, reason=" ")
    with pytest.raises(ExtensionUnusable):
        extend(cast, until=CLOSES)
    for actor in (cast.examiner, cast.applicant, cast.foreigner):
        with pytest.raises(NotAllowed):
            extend(cast, actor=actor)
    for kind in ("correction", "supplement"):
        with pytest.raises(ExtensionUnusable):
            extend_entry(entry=draft, kind=kind, until=LATER, reason="x", actor=cast.organiser, at=CLOSES)
    review = return_entry_with(draft, cast, "summary")
    for kind in ("correction", "registration"):
        with pytest.raises(ExtensionUnusable):
            extend_entry(entry=draft, kind=kind, until=review.due_at, reason="x", actor=cast.organiser, at=review.decided_at)
    assert not DeadlineExtension.objects.exists()
    assert AuditEntry.objects.count() == lines
