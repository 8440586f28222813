"""The committee's pages: proposing and releasing a case, approving the tally."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.actor import SYSTEM
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, vote
from voting.actions.close import close_vote
from voting.actions.ledger import seal_ledger
from voting.models import LedgerLeaf, TallyApproval, VoteCase, VoteCaseRelease
from voting.pure.tally import Counted
from voting.queries.tally import final_tally, tally

pytestmark = pytest.mark.django_db


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.PasswordBackend")
    return client


def test_a_case_goes_from_form_to_release(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    outcomes = [vote(edition, 1, voter=voter)[0] for voter in range(4)]
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    one, two = client_of(cast.organiser), client_of(cast.organiser2)
    base = f"/org/{edition.slug}/vote/cases/"
    form = {"verb": "void", "reason": "R1", "evidence": "同一秒", "ballots": f"1-2, {outcomes[3].code}"}
    with clock.rehearse(AFTER):
        answer = one.post(base + "new/", form)
        case = VoteCase.objects.get()
        assert answer.url == f"{base}{case.public_id}/"
        assert "须由另一位组委会成员复核" in one.get(answer.url).content.decode()
        assert one.post(answer.url, {"decision": "release"}).status_code == 409
        assert not VoteCaseRelease.objects.exists()
        assert two.post(answer.url, {"decision": "release", "note": "属实"}).status_code == 302
    assert tally(edition)["001"] == Counted(valid=1, void=3)
    assert "已生效" in one.get(base).content.decode()


@pytest.mark.parametrize("ballots", ["0", "99", "甲乙", ""])
def test_a_case_that_names_no_ballot_names_the_mistake(cast: Cast, ballots: str) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    form = {"verb": "void", "reason": "R1", "evidence": "x", "ballots": ballots}
    answer = client_of(cast.organiser).post(f"/org/{edition.slug}/vote/cases/new/", form)
    assert (answer.status_code, VoteCase.objects.exists()) == (422, False)


def test_an_auditor_watches_and_decides_nothing(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    client = client_of(cast.auditor)
    assert "封账与终计" not in client.get(f"/org/{edition.slug}/vote/").content.decode()
    assert client.post(f"/org/{edition.slug}/vote/close/").status_code == 404
    assert client.post(f"/org/{edition.slug}/vote/final/").status_code == 404


def test_two_organisers_close_and_finalise(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1)
    url = f"/org/{edition.slug}/vote/final/"
    one, two = client_of(cast.organiser), client_of(cast.organiser2)
    with clock.rehearse(moments.DURING_VOTE):
        assert "截止后才能封账" in one.get(url).content.decode()
        assert one.post(url).status_code == 409
    with clock.rehearse(AFTER):
        assert one.post(f"/org/{edition.slug}/vote/close/").status_code == 302
        assert "批准 1 票" in one.get(url).content.decode()
        one.post(url)
        assert "还需另一位组委会成员批准" in one.get(url).content.decode()
        assert one.post(url).status_code == 409
        two.post(url)
        assert "最终有效票 1 票" in two.get(url).content.decode()
        board = Client().get(f"/{edition.slug}/board/").content.decode()
    assert "最终票数" in board and "共 1 票" in board
    assert (TallyApproval.objects.count(), sum(final_tally(edition).values())) == (2, 1)


def test_the_monitor_counts_by_hour_and_day(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    for hours, voter in ((0, 1), (1, 2), (25, 3)):
        vote(edition, 1, 2, voter=voter, at=moments.DURING_VOTE - timedelta(hours=hours))
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    with clock.rehearse(moments.DURING_VOTE + timedelta(minutes=5)):
        page = client_of(cast.organiser).get(f"/org/{edition.slug}/vote/").content.decode()
    assert "<th scope=\"row\">09-25 10:00</th><td class=\"num\">2</td>" in page
    assert "<th scope=\"row\">09-24</th><td class=\"num\">2</td>" in page
    assert page.count("<rect") == 48 + 2


def test_a_receipt_tells_after_the_final_tally_whether_it_counted(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    good, bad = vote(edition, 1, voter=1)[0], vote(edition, 1, voter=2)[0]
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    one, two = client_of(cast.organiser), client_of(cast.organiser2)
    with clock.rehearse(AFTER):
        one.post(f"/org/{edition.slug}/vote/cases/new/", {"verb": "void", "reason": "R1", "evidence": "x", "ballots": bad.code})
        two.post(f"/org/{edition.slug}/vote/cases/{VoteCase.objects.get().public_id}/", {"decision": "release"})
        assert "剔除" not in words(edition, bad.code)
        for client in (one, two):
            client.post(f"/org/{edition.slug}/vote/final/")
        assert LedgerLeaf.objects.filter(kind="final").exists()
        assert "已计入最终票数" in words(edition, good.code)
        assert "经核查剔除" in words(edition, bad.code)


def words(edition: object, code: str) -> str:
    return Client().get(f"/{edition.slug}/vote/receipt/{code}/").content.decode()
