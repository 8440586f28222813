"""Finalists answer in time, hand in wide slides, and give their place up for good."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from core.errors import NotAllowed, WrongState
from core.files import PDF, PPTX, CheckedFile, check_upload
from core.outbox.models import Message
from entries.models import Entry
from judging.actions.finalist import accept_place, add_deck, forfeit_place, remind_finalists, set_terms
from judging.errors.stage import (
    DeckNotWide,
    DeckOver,
    NotAFinalist,
    PresenterMissing,
    ReplyOver,
    WaiverMissing,
)
from judging.models import Deck, FinalistReply
from judging.queries.finalist import finalist_board
from judging.queries.participants import participants
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, build_accepted_entry
from tests.factories.finals import Final, build_final

AT = moments.DURING_COACHING
WHO = {"presenter": "梁工", "presenter_title": "研发总监"}


@pytest.fixture
def final(cast: Cast) -> Final:
    found = build_final(cast.edition)
    entry = found.entries[0]
    entry.applicants.all().delete()
    EntryApplicantFactory(entry=entry, organisation=cast.organisation, part="lead")
    return found


def slides(width: int = 960, height: int = 540) -> CheckedFile:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width, height)
    writer.write(out)
    return check_upload(SimpleUploadedFile("路演.pdf", out.getvalue()), allowed=(PDF, PPTX), max_size=10**7)


def pptx(cx: int, cy: int) -> CheckedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        main = "http://schemas.openxmlformats.org/presentationml/2006/main"
        archive.writestr("ppt/presentation.xml", f'<p:presentation xmlns:p="{main}"><p:sldSz cx="{cx}" cy="{cy}"/></p:presentation>')
    return check_upload(SimpleUploadedFile("路演.pptx", out.getvalue()), allowed=(PDF, PPTX), max_size=10**7)


def first(final: Final) -> Entry:
    return Entry.objects.get(pk=final.entries[0].pk)


def test_a_finalist_takes_part_and_may_change_the_presenter(cast: Cast, final: Final) -> None:
    accept_place(entry=first(final), **WHO, actor=cast.applicant, at=AT)
    accept_place(entry=first(final), presenter="陈工", presenter_title="总工", actor=cast.applicant, at=AT)
    reply = FinalistReply.objects.get()
    assert (reply.state, reply.presenter, reply.replied_by) == ("accepted", "陈工", cast.applicant)


def test_a_forfeit_leaves_the_final_for_good(cast: Cast, final: Final) -> None:
    with pytest.raises(WaiverMissing):
        forfeit_place(entry=first(final), reason="主研人员出差", waiver=None, actor=cast.applicant, at=AT)
    assert len(participants(final.round)) == 3
    forfeit_place(entry=first(final), reason="主研人员出差", waiver=slides(), actor=cast.applicant, at=AT)
    assert [entry.code for entry in participants(final.round)] == ["002", "003"]
    with pytest.raises(WrongState):
        accept_place(entry=first(final), **WHO, actor=cast.applicant, at=AT)
    with pytest.raises(NotAFinalist):
        add_deck(entry=first(final), upload=slides(), actor=cast.applicant, at=AT)
    board = finalist_board(final.round)
    assert ([row.state for row in board.rows], len(board.coming)) == (["forfeited", "invited", "invited"], 2)


def test_decks_are_wide_versioned_and_locked_at_the_deadline(cast: Cast, final: Final) -> None:
    set_terms(round=final.round, reply_by=None, deck_by=AT + timedelta(hours=1), actor=cast.organiser, at=AT)
    for wrong in (slides(800, 600), pptx(9_144_000, 6_858_000)):
        with pytest.raises(DeckNotWide, match="4:3"):
            add_deck(entry=first(final), upload=wrong, actor=cast.applicant, at=AT)
    for deck in (slides(), pptx(12_192_000, 6_858_000)):
        add_deck(entry=first(final), upload=deck, actor=cast.applicant, at=AT)
    with pytest.raises(DeckOver):
        add_deck(entry=first(final), upload=slides(), actor=cast.applicant, at=AT + timedelta(hours=1))
    assert list(Deck.objects.values_list("number", flat=True)) == [2, 1]
    assert finalist_board(final.round).deck_count == 1


def test_late_and_wrong_answers_change_nothing(cast: Cast, final: Final) -> None:
    set_terms(round=final.round, reply_by=AT, deck_by=None, actor=cast.organiser, at=AT)
    with pytest.raises(ReplyOver):
        accept_place(entry=first(final), **WHO, actor=cast.applicant, at=AT)
    with pytest.raises(PresenterMissing):
        accept_place(entry=first(final), presenter=" ", presenter_title="", actor=cast.applicant, at=AT - timedelta(days=1))
    with pytest.raises(NotAllowed):
        accept_place(entry=first(final), **WHO, actor=cast.rival, at=AT - timedelta(days=1))
    with pytest.raises(NotAllowed):
        set_terms(round=final.round, reply_by=None, deck_by=None, actor=cast.applicant, at=AT)
    other = build_accepted_entry(cast.edition, 50)
    other.applicants.all().delete()
    EntryApplicantFactory(entry=other, organisation=cast.organisation, part="lead")
    with pytest.raises(NotAFinalist):
        accept_place(entry=other, **WHO, actor=cast.applicant, at=AT - timedelta(days=1))
    assert FinalistReply.objects.exclude(state="invited").count() == 0


def test_only_who_is_late_is_reminded(cast: Cast, final: Final) -> None:
    accept_place(entry=first(final), **WHO, actor=cast.applicant, at=AT)
    add_deck(entry=first(final), upload=slides(), actor=cast.applicant, at=AT)
    assert [row.entry.code for row in finalist_board(final.round).late] == ["002", "003"]
    before = Message.objects.count()
    sent = remind_finalists(round=final.round, actor=cast.organiser, at=AT)
    assert Message.objects.count() - before == len(sent)
    assert all("001" not in message.subject for message in sent)
    with pytest.raises(NotAllowed):
        remind_finalists(round=final.round, actor=cast.applicant, at=AT)
