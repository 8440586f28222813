"""The scorers' pages: typed by one, confirmed by the other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from judging.models import PaperSheet, ScoreSheet
from tests.cast import Cast
from tests.factories.competitions import RoleFactory
from tests.judging.hall import AT, TO_SCORING, Hall, build_hall

LIST = reverse("judging:paper-list", args=["jgs2026"])
SHEET = {"mark-A": "50.5", "mark-B": "36"}


@pytest.fixture
def hall(cast: Cast) -> Hall:
    found = build_hall(cast)
    found.step(0, *TO_SCORING)
    for who in ("examiner", "auditor"):
        RoleFactory(edition=cast.edition, user=cast.people[who], kind="scorer", granted_by=cast.organiser)
    return found


def scorer(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return client


def type_url(hall: Hall, seat: int = 4) -> str:
    return reverse("judging:paper-type", args=["jgs2026", hall.final.assignment(seat, 0).public_id])


def check_url() -> str:
    return reverse("judging:paper-check", args=["jgs2026", PaperSheet.objects.get().public_id])


def test_from_paper_to_a_submitted_sheet(cast: Cast, hall: Hall) -> None:
    first, second = scorer(cast, "examiner"), scorer(cast, "auditor")
    with clock.rehearse(AT):
        assert type_url(hall) in first.get(LIST).content.decode()
        assert first.post(type_url(hall), SHEET).status_code == 302
        assert check_url() in second.get(LIST).content.decode()
        assert "与纸面一致" not in first.get(check_url()).content.decode()
        assert first.post(check_url()).status_code == 409
        page = second.get(check_url()).content.decode()
        assert ("50.5" in page, "86.5" in page, "与纸面一致" in page) == (True, True, True)
        assert second.post(check_url()).status_code == 302
        assert ScoreSheet.objects.get().state == "locked"
        assert second.post(check_url()).status_code == 409
        assert "已复核" in second.get(LIST).content.decode()


def test_a_bad_mark_is_named_and_the_rest_kept(cast: Cast, hall: Hall) -> None:
    with clock.rehearse(AT):
        answer = scorer(cast, "examiner").post(type_url(hall), {"mark-A": "50.3", "mark-B": "36"})
    text = answer.content.decode()
    assert (answer.status_code, 'value="36"' in text, 'aria-invalid="true"' in text) == (422, True, True)
    assert PaperSheet.objects.count() == 0


def test_returning_needs_what_differs(cast: Cast, hall: Hall) -> None:
    first, second = scorer(cast, "examiner"), scorer(cast, "auditor")
    with clock.rehearse(AT):
        first.post(type_url(hall), SHEET)
        assert second.post(check_url(), {"act": "return", "reason": ""}).status_code == 422
        assert second.post(check_url(), {"act": "return", "reason": "第二项应为 35"}).status_code == 302
    assert (PaperSheet.objects.get().state, ScoreSheet.objects.count()) == ("returned", 0)


def test_another_number_and_an_unknown_one(cast: Cast, hall: Hall) -> None:
    client = scorer(cast, "examiner")
    assert type_url(hall) not in client.get(f"{LIST}?entry=002").content.decode()
    assert "没有编号为 999 的项目" in client.get(f"{LIST}?entry=999").content.decode() or "001" in client.get(LIST).content.decode()


@pytest.mark.parametrize("papers", [1, 3])
def test_the_list_costs_the_same_for_many(
    cast: Cast, hall: Hall, papers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for seat in range(papers):
        PaperSheet.objects.create(assignment=hall.final.assignment(seat, 0), typed_by=cast.examiner, typed_at=AT)
    client = scorer(cast, "auditor")
    with django_assert_num_queries(16):
        client.get(LIST)
