from __future__ import annotations

from datetime import timedelta

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed
from entries import states
from entries.actions.entry import save_entry, start_entry
from entries.errors import (
    CorrectionOverdue,
    EditedElsewhere,
    EntryNotEditable,
    FieldLocked,
    RegistrationClosed,
)
from entries.models import Entry, EntryApplicant
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.competitions import TrackFactory

AT = moments.DURING_REGISTRATION
SECOND = timedelta(seconds=1)


def test_starting_makes_a_draft_led_by_the_organisation(cast):
    entry = start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=AT)

    assert (entry.state, entry.version, entry.created_by, entry.saved_at) == (states.DRAFT, 1, cast.applicant, AT)
    assert entry.track == cast.edition.tracks.get()
    lead = EntryApplicant.objects.get()
    assert (lead.organisation, lead.part, lead.joined_at) == (cast.organisation, "lead", AT)
    assert AuditEntry.objects.get().verb == "entries.entry.started"


def test_the_track_is_left_open_when_there_is_a_choice(cast):
    TrackFactory(edition=cast.edition, code="design", name="设计赛道")

    entry = start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=AT)

    assert entry.track is None


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (moments.REGISTRATION_OPENS - SECOND, False),
        (moments.REGISTRATION_OPENS, True),
        (moments.REGISTRATION_CLOSES - SECOND, True),
        (moments.REGISTRATION_CLOSES, False),
    ],
)
def test_an_entry_is_started_within_the_window_only(cast, at, is_open):
    if is_open:
        start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=at)
    else:
        with pytest.raises(RegistrationClosed):
            start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=at)

    assert Entry.objects.count() == int(is_open)


def test_nobody_starts_for_an_organisation_that_is_not_theirs(cast):
    with pytest.raises(NotAllowed):
        start_entry(edition=cast.edition, organisation=cast.organisation, actor=cast.rival, at=AT)

    assert not Entry.objects.exists()


def test_a_save_keeps_what_was_typed_and_raises_the_version(cast, empty_draft):
    saved = save_entry(
        entry=empty_draft, version=1, values={"title": "陈皮仓储", "needs": ""}, actor=cast.applicant, at=AT
    )

    empty_draft.refresh_from_db()
    assert (empty_draft.title, empty_draft.version, empty_draft.saved_at) == ("陈皮仓储", 2, AT)
    assert saved.version == 2
    assert not AuditEntry.objects.exists()


def test_a_stale_save_is_refused_and_overwrites_nothing(cast, empty_draft):
    save_entry(entry=empty_draft, version=1, values={"title": "同事改的"}, actor=cast.applicant, at=AT)

    with pytest.raises(EditedElsewhere):
        save_entry(entry=empty_draft, version=1, values={"title": "我改的"}, actor=cast.applicant, at=AT)

    empty_draft.refresh_from_db()
    assert (empty_draft.title, empty_draft.version) == ("同事改的", 2)


@pytest.mark.parametrize("state", [states.SUBMITTED, states.UNDER_REVIEW, states.REJECTED, states.WITHDRAWN])
def test_what_is_not_with_the_applicant_cannot_be_changed(cast, empty_draft, state):
    Entry.objects.filter(pk=empty_draft.pk).update(state=state)

    with pytest.raises(EntryNotEditable) as refused:
        save_entry(entry=empty_draft, version=1, values={"title": "改"}, actor=cast.applicant, at=AT)

    assert states.LABELS[state] in refused.value.text
    empty_draft.refresh_from_db()
    assert empty_draft.title == ""


def test_a_draft_is_closed_with_the_registration(cast, empty_draft):
    last = moments.REGISTRATION_CLOSES - SECOND
    save_entry(entry=empty_draft, version=1, values={"title": "最后一秒"}, actor=cast.applicant, at=last)

    with pytest.raises(RegistrationClosed):
        save_entry(
            entry=empty_draft, version=2, values={"title": "晚了"}, actor=cast.applicant, at=moments.REGISTRATION_CLOSES
        )

    empty_draft.refresh_from_db()
    assert empty_draft.title == "最后一秒"


def test_only_fields_of_the_form_can_be_saved(cast, empty_draft):
    with pytest.raises(ValueError, match="number"):
        save_entry(entry=empty_draft, version=1, values={"number": 1}, actor=cast.applicant, at=AT)


def test_a_returned_entry_opens_the_named_field_alone_and_marks_it_mended(cast, draft):
    review = return_entry_with(draft, cast, "summary", "pitch")
    values = {"summary": "改好的简介", "title": draft.title}

    saved = save_entry(entry=draft, version=draft.version, values=values, actor=cast.applicant, at=review.decided_at)

    assert saved.summary == "改好的简介"
    assert set(review.comments.values_list("field", "is_mended")) == {("summary", True), ("pitch", False)}
    line = AuditEntry.objects.get(verb="entries.entry.corrected")
    assert line.detail.content["after"] == {"summary": "改好的简介"}


def test_a_field_the_examiner_did_not_name_is_locked(cast, draft):
    review = return_entry_with(draft, cast, "summary")
    values = {"summary": "改好的简介", "title": "换一个名称"}

    with pytest.raises(FieldLocked) as refused:
        save_entry(entry=draft, version=draft.version, values=values, actor=cast.applicant, at=review.decided_at)

    assert "项目名称" in refused.value.text
    before = draft.summary, draft.title
    draft.refresh_from_db()
    assert (draft.summary, draft.title) == before
    assert not review.comments.get().is_mended


def test_a_correction_is_taken_until_the_second_before_its_term(cast, draft):
    review = return_entry_with(draft, cast, "summary")
    late = review.due_at
    save_entry(entry=draft, version=1, values={"summary": "及时"}, actor=cast.applicant, at=late - SECOND)

    with pytest.raises(CorrectionOverdue):
        save_entry(entry=draft, version=2, values={"summary": "晚了"}, actor=cast.applicant, at=late)

    draft.refresh_from_db()
    assert draft.summary == "及时"
