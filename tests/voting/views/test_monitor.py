"""The committee's monitor: figures that follow, alarms that are seen, tables as files, nothing for strangers."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import Settings

from core import append_only, clock
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from voting.actions.count import count_ledger
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
from voting.models import LedgerCheckpoint, LedgerCount
from voting.queries.published import ledger_folder

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_MEDIA_ROOT = tmp_path


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    return client


def count(edition: object, at: object = AT) -> None:
    seal_ledger(edition=edition, at=at)
    count_ledger(edition=edition, at=at)


def test_the_page_and_its_figures_say_the_same(cast: Cast, client: Client) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1, 2, voter=1, at=AT)
    vote(edition, 1, voter=1, at=AT + timedelta(days=1))
    vote(edition, 1, voter=2, at=AT + timedelta(days=1))
    count(edition)
    with clock.rehearse(AT + timedelta(days=1, minutes=1)):
        page = client.get(f"/org/{edition.slug}/vote/").content.decode()
        data = client.get(f"/org/{edition.slug}/vote/figures.json").json()
    drawn = json.loads(re.search(r'<script id="figures" type="application/json">(.*?)</script>', page)[1])
    assert drawn == {key: value for key, value in data.items() if key != "number"}
    assert [row[1:] for row in data["days"]] == [[2, 1, 0], [2, 1, 1]]
    assert sum(votes for _, votes in data["minutes"]) == 2
    assert sum(votes for _, votes in data["hours"]) == 4
    assert data["levels"] == [["设备", 4]]
    assert data["shares"][0] == ["001", 3, 0, 0, "75.0%"]


def test_unchanged_figures_are_not_sent_again(cast: Cast, client: Client) -> None:
    edition = build_vote(edition=cast.edition)
    with clock.rehearse(AT):
        first = client.get(f"/org/{edition.slug}/vote/figures.json")
        again = client.get(f"/org/{edition.slug}/vote/figures.json", HTTP_IF_NONE_MATCH=first["ETag"])
        vote(edition, 1)
        count(edition)
        changed = client.get(f"/org/{edition.slug}/vote/figures.json", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)


def test_a_wrong_count_a_contradicted_ledger_and_a_standing_sealer_are_cried_out(cast: Cast, client: Client) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1)
    count(edition)
    write_ledger(edition, ledger_folder(edition), AT)
    vote(edition, 2)
    LedgerCount.objects.update(fault="001 号记为 7 票，账本重算 1 票")
    append_only.remove_triggers()
    LedgerCheckpoint.objects.filter(size=2).update(root="00" * 32)
    append_only.install_triggers()
    with clock.rehearse(AT + timedelta(minutes=5)):
        data = client.get(f"/org/{edition.slug}/vote/figures.json").json()
        page = client.get(f"/org/{edition.slug}/vote/").content.decode()
    words = ("夜间复算与计数不一致", "已停止公布", "已 5 分钟没有封存")
    assert [word for word, alarm in zip(words, data["alarms"], strict=True) if word in alarm] == list(words)
    assert all(word in page for word in words)


def test_the_cost_does_not_grow_with_votes_or_entries(cast: Cast, client: Client) -> None:
    edition = build_vote(2, edition=cast.edition)
    costs = []
    for voter in range(3):
        vote(edition, 1, 2, voter=voter, at=AT + timedelta(hours=voter))
        count(edition)
        client.get(f"/org/{edition.slug}/vote/")
        with CaptureQueriesContext(connection) as queries, clock.rehearse(AT):
            client.get(f"/org/{edition.slug}/vote/")
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.parametrize(("table", "rows"), [("hours", 2), ("entries", 3)])
def test_tables_are_exported(cast: Cast, client: Client, table: str, rows: int) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1, voter=1)
    vote(edition, 1, voter=2, at=AT + timedelta(hours=3))
    count(edition)
    book = load_workbook(BytesIO(client.get(f"/org/{edition.slug}/vote/{table}.xlsx").content))
    text = client.get(f"/org/{edition.slug}/vote/{table}.csv").content.decode("utf-8-sig")
    assert (book.active.max_row, len(text.strip().splitlines())) == (rows + 1, rows + 1)
    for wrong in ("hours.pdf", "voters.csv"):
        assert client.get(f"/org/{edition.slug}/vote/{wrong}").status_code == 404
