"""The finalist's page and the organiser's board."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from judging.models import Deck, FinalistReply
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory
from tests.factories.finals import Final, build_final

AT = moments.DURING_COACHING
LIST = reverse("judging:finalist-list", args=["jgs2026"])


@pytest.fixture
def final(cast: Cast) -> Final:
    found = build_final(cast.edition)
    entry = found.entries[0]
    entry.applicants.all().delete()
    EntryApplicantFactory(entry=entry, organisation=cast.organisation, part="lead")
    return found


def of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return client


def test_accepting_on_the_own_page_shows_on_the_board(cast: Cast, final: Final) -> None:
    page = reverse("judging:final-entry", args=[final.entries[0].public_id])
    with clock.rehearse(AT):
        owner, staff = of(cast, "applicant"), of(cast, "organiser")
        assert "待确认" in owner.get(page).content.decode()
        assert owner.post(page, {"act": "accept", "presenter": "", "presenter_title": "总工"}).status_code == 422
        assert FinalistReply.objects.count() == 0
        assert owner.post(page, {"act": "accept", "presenter": "梁工", "presenter_title": "总工"}).status_code == 302
        board = staff.get(LIST).content.decode()
        assert ("已答复 1 / 3，文稿 0 / 3 已交" in board, "梁工" in board) == (True, True)
        assert of(cast, "rival").get(page).status_code == 404


def test_a_wrong_file_is_said_and_nothing_kept(cast: Cast, final: Final) -> None:
    page = reverse("judging:final-entry", args=[final.entries[0].public_id])
    with clock.rehearse(AT):
        answer = of(cast, "applicant").post(page, {"file": SimpleUploadedFile("路演.pptx", b"no slides")})
    assert answer.status_code == 422
    assert Deck.objects.count() == 0


def test_the_dates_are_set_and_reminders_sent(cast: Cast, final: Final) -> None:
    with clock.rehearse(AT):
        staff = of(cast, "organiser")
        assert staff.post(LIST, {"reply_by": "2026-10-01T18:00", "deck_by": "x"}).status_code == 422
        assert staff.post(LIST, {"reply_by": "2026-10-01T18:00", "deck_by": ""}).status_code == 302
        assert staff.post(reverse("judging:finalist-remind", args=["jgs2026"])).status_code == 302
    assert final.round.terms.deck_by is None
