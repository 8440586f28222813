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
from tests.voting.views.casework import client_of, propose
from voting.actions.close import close_vote
from voting.actions.count import count_ledger
from voting.actions.ledger import seal_ledger
from voting.models import LedgerLeaf, TallyApproval, VoteCase
from voting.queries.tally import final_tally

pytestmark = pytest.mark.django_db


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
    count_ledger(edition=edition, at=moments.DURING_VOTE)
    with clock.rehearse(moments.DURING_VOTE + timedelta(minutes=5)):
        page = client_of(cast.organiser).get(f"/org/{edition.slug}/vote/").content.decode()
    assert "<th scope=\"row\">09-25 10:00</th><td class=\"num\">2</td>" in page
    assert "<th scope=\"row\">9月24日</th><td class=\"num\">2</td>" in page


def test_a_receipt_tells_after_the_final_tally_whether_it_counted(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    good, bad = vote(edition, 1, voter=1)[0], vote(edition, 1, voter=2)[0]
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    one, two = client_of(cast.organiser), client_of(cast.organiser2)
    with clock.rehearse(AFTER):
        propose(one, edition, reason="R1", ballots=bad.code)
        two.post(f"/org/{edition.slug}/vote/cases/{VoteCase.objects.get().public_id}/", {"decision": "release"})
        assert "剔除" not in words(edition, bad.code)
        for client in (one, two):
            client.post(f"/org/{edition.slug}/vote/final/")
        assert LedgerLeaf.objects.filter(kind="final").exists()
        assert "已计入最终票数" in words(edition, good.code)
        assert "经核查剔除" in words(edition, bad.code)


def words(edition: object, code: str) -> str:
    return Client().get(f"/{edition.slug}/vote/receipt/{code}/").content.decode()
