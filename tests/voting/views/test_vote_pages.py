"""The way of a voter through the pages, without JavaScript and with the widget's proof of work."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

import altcha
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competitions.models import Edition
from core import clock
from entries import states
from entries.models import Entry
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, set_rule, vote
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
from voting.models import Ballot, BallotEvidence, LedgerLeaf
from voting.queries.published import ledger_folder
from voting.views.device import COOKIE, new_device, set_token
from voting.views.proof import new_challenge

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
NOW = moments.DURING_VOTE


@pytest.fixture(autouse=True)
def _during_the_vote():
    with clock.rehearse(NOW):
        yield


def proof(edition: Edition) -> str:
    challenge = altcha.Challenge.from_dict(new_challenge(edition, NOW))
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def cast(client: Client, edition: Edition, *numbers: int, **form: object) -> object:
    data = {"e": [str(number) for number in numbers], "submission": str(uuid4()), **form}
    return client.post(f"/{edition.slug}/vote/cast/", data, **OURS)


def known_client(edition: Edition, at: datetime = NOW) -> Client:
    """A browser that has its token already."""
    client, response = Client(), HttpResponse()
    set_token(response, new_device(None), edition, at)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def test_a_new_voter_proves_work_votes_and_reads_the_receipt(client: Client) -> None:
    edition = build_vote()
    page = client.get(f"/{edition.slug}/vote/confirm/?e=2&e=1").content.decode()
    assert "提交 2 票" in page and "altcha-widget" in page
    answer = cast(client, edition, 2, 1, altcha=proof(edition))
    assert answer.status_code == 302
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", f"/{edition.slug}/")
    receipt = client.get(answer.url).content.decode()
    assert "投票成功，已收到 2 票" in receipt and "还可投 <strong>3 票" in receipt
    assert list(Ballot.objects.order_by("pk").values_list("entry__number", flat=True)) == [2, 1]
    assert '"proof":"work"' in BallotEvidence.objects.first().record


def test_without_a_proof_nothing_is_cast_and_the_choice_is_kept(client: Client) -> None:
    edition = build_vote()
    answer = cast(client, edition, 2)
    assert (answer.status_code, COOKIE in answer.cookies) == (403, False)
    assert "还没有完成人机验证" in answer.content.decode() and 'name="e" value="2"' in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_proof_is_good_once_for_its_edition_and_twenty_minutes(client: Client) -> None:
    edition = build_vote()
    used = proof(edition)
    assert cast(client, edition, 1, altcha=used).status_code == 302
    assert "已使用过" in cast(Client(), edition, 1, altcha=used).content.decode()
    old = proof(edition)
    with clock.rehearse(NOW + timedelta(minutes=21)):
        assert "已过期" in cast(Client(), edition, 1, altcha=old).content.decode()
    assert "不正确" in cast(Client(), edition, 1, altcha="bm9wZQ==").content.decode()
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    "said", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}]
)
def test_a_request_from_elsewhere_is_refused(said: dict) -> None:
    edition = build_vote()
    client = known_client(edition)
    answer = client.post(f"/{edition.slug}/vote/cast/", {"e": "1"}, **said)
    assert (answer.status_code, Ballot.objects.exists()) == (403, False)


@pytest.mark.parametrize("said", [{"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/x/"}, OURS])
def test_a_request_from_our_pages_is_let_in(said: dict) -> None:
    edition = build_vote()
    answer = known_client(edition).post(f"/{edition.slug}/vote/cast/", {"e": "1"}, **said)
    assert (answer.status_code, Ballot.objects.count()) == (302, 1)


def test_a_forged_or_foreign_token_is_as_good_as_none() -> None:
    edition, other = build_vote(), build_vote()
    client = known_client(other)
    assert cast(client, edition, 1).status_code == 403
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-12] + 12 * "A"
    assert cast(client, other, 1).status_code == 403
    assert not Ballot.objects.exists()


def test_used_up_votes_stay_on_the_page_with_the_reason() -> None:
    edition = build_vote(6)
    client = known_client(edition)
    assert cast(client, edition, 1, 2, 3, 4, 5).status_code == 302
    answer = cast(client, edition, 6)
    assert answer.status_code == 409
    assert "5 票已用完" in answer.content.decode()
    assert Ballot.objects.count() == 5


def test_a_double_tap_is_one_vote() -> None:
    edition = build_vote(limit=5, per_entry_limit=5)
    client, submission = known_client(edition), str(uuid4())
    one = cast(client, edition, 1, submission=submission)
    two = cast(client, edition, 1, submission=submission)
    assert (one.url, Ballot.objects.count()) == (two.url, 1)


def test_the_first_page_opens_the_ledger_when_no_job_has(client: Client) -> None:
    edition = build_vote(opened=False)
    assert "投一票" in client.get(f"/{edition.slug}/entries/").content.decode()
    assert LedgerLeaf.objects.get().kind == "open"


def test_a_cast_costs_few_queries() -> None:
    edition = build_vote()
    client = known_client(edition)
    cast(client, edition, 1)
    with CaptureQueriesContext(connection) as queries:
        cast(client, edition, 2)
    assert len(queries) == {"postgresql": 1, "sqlite": 8}[connection.vendor]


@pytest.mark.parametrize("page", ["entries", "vote", "board"])
def test_lists_cost_the_same_at_one_and_many_entries(client: Client, page: str) -> None:
    counts = []
    for number in (1, 3, 12):
        edition = build_vote(number)
        client.get(f"/{edition.slug}/{page}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{edition.slug}/{page}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 15


def test_a_stranger_with_the_code_learns_that_it_was_received_but_not_for_whom(client: Client) -> None:
    edition = build_vote()
    own = known_client(edition)
    url = cast(own, edition, 2).url
    title = Entry.objects.get(number=2).title
    assert title in own.get(url).content.decode()
    page = client.get(url).content.decode()
    assert "这张选票已收到" in page and title not in page
    assert client.get(url + "note/").status_code == 404
    assert own.get(url + "note/").content.decode() == Ballot.objects.get().receipt
    seal_ledger(edition=edition, at=NOW)
    assert "这一票在第 0 号账页第 1 行" in client.get(url).content.decode()


@pytest.mark.parametrize("typed", ["", "XXXX", "7ZK4-09QD-W3MA"])
def test_an_unknown_code_is_said_to_be_unknown(client: Client, typed: str) -> None:
    edition = build_vote()
    answer = client.get(f"/{edition.slug}/vote/receipt/", {"code": typed})
    assert answer.status_code == (404 if typed else 200)


def test_a_code_is_found_however_it_was_typed(client: Client) -> None:
    edition = build_vote()
    (outcome,) = vote(edition, 1)
    answer = client.get(f"/{edition.slug}/vote/receipt/", {"code": outcome.code.lower().replace("-", " ")})
    assert (answer.status_code, answer.url) == (302, f"/{edition.slug}/vote/receipt/{outcome.code}/")


@pytest.mark.parametrize(
    ("at", "words"),
    [(moments.VOTE_OPENS - timedelta(days=1), "将于 9月20日 09:00 开始"), (AFTER, "已于 9月30日 20:00 截止")],
)
def test_before_and_after_the_page_says_so(client: Client, at: object, words: str) -> None:
    edition = build_vote()
    with clock.rehearse(at):
        assert words in client.get(f"/{edition.slug}/vote/").content.decode()
        answer = cast(known_client(edition, at), edition, 1)
        assert answer.status_code == 409 and not Ballot.objects.exists()


def test_the_gallery_finds_by_number_name_and_group(client: Client) -> None:
    edition = build_vote(4)
    Entry.objects.filter(number=3).update(title="陈皮仓储")

    def shown(**query: str) -> list[str]:
        page = client.get(f"/{edition.slug}/entries/", {"sort": "number", **query}).content.decode()
        return re.findall(r'id="no-(\d{3})"', page)

    assert shown() == ["001", "002", "003", "004"]
    assert shown(q="003") == shown(q="3") == shown(q="陈皮") == ["003"]
    assert shown(group="growth") == ["002", "004"]
    assert shown(q="没有") == []


def test_entries_that_are_not_public_are_nowhere(client: Client) -> None:
    edition = build_vote()
    Entry.objects.filter(number=1).update(is_display_consented=False)
    Entry.objects.filter(number=2).update(state=states.WITHDRAWN)
    for page in ("entries/", "vote/", "board/"):
        assert re.findall(r">00[12]<", client.get(f"/{edition.slug}/{page}").content.decode()) == []
    assert [client.get(f"/{edition.slug}/entries/{n}/").status_code for n in (1, 2, 3)] == [404, 404, 200]


def test_the_shuffled_order_is_each_voter_s_own_and_stays_over_pages() -> None:
    edition = build_vote(30)
    one, two = known_client(edition), known_client(edition)

    def order(client: Client) -> list[str]:
        pages = [client.get(f"/{edition.slug}/entries/?page={page}").content.decode() for page in (1, 2, 3)]
        return [code for page in pages for code in re.findall(r'id="no-(\d{3})"', page)]

    assert order(one) == order(one) != order(two)
    assert len(set(order(one))) == 30


def test_the_entry_page_shows_public_parts_only(client: Client) -> None:
    edition = build_vote()
    page = client.get(f"/{edition.slug}/entries/1/").content.decode()
    assert "专利清单" in page and "202210000101.3" in page
    assert "contact@example.invalid" not in page and "技术要点" not in page and "丁工" not in page


def test_a_hidden_board_tells_no_figures_anywhere(client: Client) -> None:
    edition = build_vote(opened=False)
    set_rule(edition, board={"policy": "hidden", "minutes": 0, "hours": 168})
    vote(edition, 1)
    for page in ("entries/", "entries/1/", "vote/", "board/"):
        assert "</b> 票" not in client.get(f"/{edition.slug}/{page}").content.decode()
    data = client.get(f"/{edition.slug}/board/data.json").json()
    assert {entry["votes"] for entry in data["entries"]} == {None}



def test_a_voter_reads_where_the_vote_stands_and_downloads_the_proof(settings, tmp_path) -> None:
    settings.PUBLIC_MEDIA_ROOT = tmp_path
    edition = build_vote()
    for voter in range(2, 300):
        vote(edition, 1, voter=voter)
    client = known_client(edition)
    url = cast(client, edition, 1, 2).url
    page = client.get(url).content.decode()
    assert "1 分钟内写入账本" in page and "存证证明</a>" not in page
    seal_ledger(edition=edition, at=NOW)
    page = client.get(url).content.decode()
    assert "您的投票在第 1 号账页第 299 行" in page and "您的投票在第 1 号账页第 300 行" in page and "任何人都可核对" in page
    assert "存证证明</a>" not in page, "not published yet"
    write_ledger(edition, ledger_folder(edition), NOW)
    links = re.findall(r'href="([^"]+/proof/)"', client.get(url).content.decode())
    assert len(links) == 2
    for link, index in zip(links, (299, 300), strict=True):
        answer = Client().get(link)
        assert answer["Content-Disposition"] == f'attachment; filename="{edition.slug}-{index}.tlog-proof"'
        assert answer.content.startswith(b"c2sp.org/tlog-proof@v1\n")


def test_entries_refused_on_a_ballot_are_named_beside_the_receipt() -> None:
    edition = build_vote(6)
    client = known_client(edition)
    cast(client, edition, 1, 2, 3)
    page = client.get(cast(client, edition, 4, 1, 5, 6).url).content.decode()
    assert "投票成功，已收到 2 票" in page
    assert "001 号未计票：您今天已为该项目投过 1 票" in page and "006 号未计票：您今天的 5 票已用完" in page
    assert page.count("明天 0 点恢复") >= 2


def test_a_body_longer_than_a_ballot_is_not_read() -> None:
    edition = build_vote()
    client = known_client(edition)
    assert cast(client, edition, 1, filler="x" * 40_000).status_code == 413
    assert client.post(f"/{edition.slug}/vote/code/", {"filler": "x" * 40_000}, **OURS).status_code == 413
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("peer", "address"),
    [("198.51.100.9", "198.51.100.9"), ("10.0.0.2", "203.0.113.50")],
)
def test_the_address_kept_with_a_ballot_comes_from_trusted_proxies_only(settings, peer: str, address: str) -> None:
    """A header that the browser sent itself is not believed, nor what it put before the proxy's own word."""
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    edition = build_vote()
    said = {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 203.0.113.50", "REMOTE_ADDR": peer}
    known_client(edition).post(f"/{edition.slug}/vote/cast/", {"e": "1"}, **OURS, **said)
    assert f'"address":"{address}"' in BallotEvidence.objects.get().record


def test_a_hundred_voters_behind_one_address_are_not_refused_for_it() -> None:
    """No limit counts by address: the same one casts again and again as other devices."""
    edition = build_vote()
    answers = {known_client(edition).post(f"/{edition.slug}/vote/cast/", {"e": "1"}, **OURS).status_code for _ in range(100)}
    assert answers == {302}
