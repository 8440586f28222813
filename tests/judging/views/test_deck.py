"""Slides are opened in the hall and beside the sheet, by whom they are meant for."""

import pytest
from django.core.files.base import ContentFile

from core import clock
from judging import states
from judging.models import Deck
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.judging.hall import AT, build_hall

BYTES = b"%PDF-1.4 slides"


@pytest.fixture
def hall(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = build_hall(cast, entries=2)
    for number in (1, 2):
        Deck.objects.create(
            round=found.final.round, entry=found.final.entries[0], number=number, file=ContentFile(BYTES, name="deck.pdf"),
            original_name=f"路演{number}.pdf", media_type="application/pdf", size=len(BYTES), sha256=f"{number}" * 64,
            uploaded_at=moments.DURING_COACHING, uploaded_by=UserFactory(),
        )  # fmt: skip
    with clock.rehearse(AT):
        yield found


def test_the_operator_opens_the_newest_deck_from_the_desk(hall, client):
    client.force_login(hall.cast.operator)
    newest = Deck.objects.get(number=2)
    address = f"/org/jgs2026/finalists/decks/{newest.public_id}/"
    assert address in client.get("/org/jgs2026/stage/").content.decode()
    page = client.get(address).content.decode()
    assert "data-pdf" in page and f"{address}file/" in page
    part = client.get(f"{address}file/", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"%PDF")


def test_a_judge_opens_it_beside_the_sheet_and_not_where_it_is_barred(hall, client):
    client.force_login(hall.cast.judge)
    own = hall.final.assignment(0, 0)
    page, file = f"/judge/{own.public_id}/deck/", f"/judge/{own.public_id}/deck/file/"
    assert page in client.get(f"/judge/{own.public_id}/").content.decode()
    assert "第 2 版" in client.get(page).content.decode() and client.get(file).content == BYTES
    assert client.get(f"/judge/{hall.final.assignment(1, 0).public_id}/deck/").status_code == 404
    assert client.get(f"/judge/{hall.final.assignment(0, 1).public_id}/deck/").status_code == 404  # none handed in
    hall.final.round.is_blind = True
    hall.final.round.save()
    assert {client.get(one).status_code for one in (page, file)} == {404}
    hall.final.round.is_blind = False
    hall.final.round.save()
    own.state = states.RECUSED
    own.save()
    assert {client.get(one).status_code for one in (page, file)} == {404}
