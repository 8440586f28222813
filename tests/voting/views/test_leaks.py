"""A board that is hidden, delayed or renewed once a day leaks no count: every public surface gives the same bytes, in the same
order and with the same number of queries, however the same number of votes fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competitions.models import Edition
from core import clock, memory
from core.actor import SYSTEM
from tests.factories import moments
from tests.voting.audience import AUDIENCE
from tests.voting.ballots import build_vote, set_rule, tag, vote
from tests.voting.views.test_vote_pages import known_client
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote
from voting.exports.ledger import write_ledger
from voting.queries.published import ledger_folder

pytestmark = pytest.mark.django_db
CAST = moments.DURING_VOTE.replace(minute=1)
LOOK = moments.DURING_VOTE.replace(minute=8)
POLICIES = {
    "hidden": {"policy": "hidden", "minutes": 0, "hours": 168},
    "delayed": {"policy": "delayed", "minutes": 10},
    "daily": {"policy": "daily", "hour": 18},
}
ONE_WAY, OTHER_WAY = [1, 1, 1, 1, 1, 2], [3, 3, 2, 3, 3, 1]
# What differs from one answer to the next by chance alone: identifiers, codes, signatures, hashes, salts, sizes of nothing.
CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}|[A-Za-z0-9+/_:.=-]{32,}|csrf[^>]*>|\b[0-9a-f]{12}\b"
)
PAGES = {
    "voting:gallery": ["entries/", "entries/?sort=number", "entries/?sort=assets&page=2", "entries/?q=1&group=startup", "entries/?sort=votes"],
    "voting:entry-detail": ["entries/1/", "entries/2/", "entries/3/"],
    "voting:poster": ["entries/1/poster/", "entries/3/poster/"],
    "voting:board": ["board/", "board/?sort=votes"],
    "voting:board-data": ["board/data.json"],
    "voting:vote": ["vote/", "vote/?q=2"],
    "voting:confirm": ["vote/confirm/?e=1&e=3"],
    "voting:receipt-lookup": ["vote/receipt/"],
    "voting:receipt": ["vote/receipt/{code}/"],
    "voting:receipt-proof": ["vote/receipt/{code}/proof/"],
    "voting:ledger": ["ledger/"],
    "voting:leaf-proof": ["ledger/proof/1/", "ledger/proof/6/"],
    "voting:ledger-consistency": ["ledger/consistency/1/"],
    "elsewhere": ["", "rules/", "privacy/", "announcements/", "results/", "stages/"],
}
TELLS_NOTHING = {
    "voting:challenge": "a random challenge",
    "voting:challenge-picture": "a random picture",
    "voting:cover": "the applicant's file",
    "voting:share-image": "named by what is on it; the names stand on the poster pages",
}


def public_urls() -> set[str]:
    return {key for key, who in AUDIENCE.items() if "anonymous" in who and not key.startswith("POST ")}


def test_no_public_page_of_the_vote_is_left_out() -> None:
    assert public_urls() - set(PAGES) - set(TELLS_NOTHING) == set()


@pytest.fixture
def edition(request, settings, tmp_path: Path) -> Iterator[Edition]:
    settings.PUBLIC_MEDIA_ROOT = tmp_path
    edition = build_vote(4, opened=False)
    set_rule(edition, board=POLICIES[request.param])
    open_vote(edition=edition, actor=SYSTEM, at=moments.VOTE_OPENS)
    yield edition


def surfaces(edition: Edition, picks: list[int], visitor: Client) -> dict[str, object]:
    """Status, masked bytes and number of queries of every page, and names and sizes of the published files, after these votes."""
    found: dict[str, object] = {}
    mark = transaction.savepoint()
    memory.forget_everything()
    codes = [vote(edition, number, voter=voter, at=CAST + timedelta(seconds=voter))[0].code for voter, number in enumerate(picks)]
    seal_ledger(edition=edition, at=CAST + timedelta(minutes=1))
    with clock.rehearse(LOOK):
        write_ledger(edition, ledger_folder(edition), LOOK)
        for path in (path for paths in PAGES.values() for path in paths):
            memory.forget_everything()
            with CaptureQueriesContext(connection) as queries:
                answer = visitor.get(f"/{edition.slug}/" + path.format(code=codes[0]))
            found[path] = (answer.status_code, CHANCE.sub("#", answer.content.decode()), len(queries))
        found["api"] = [visitor.get(f"/api/v1/editions/{edition.slug}/{part}").content for part in ("", "entries/", "results/")]
    folder = Path(django_settings.PUBLIC_MEDIA_ROOT)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found["files"] = [(str(path.relative_to(folder)), path.stat().st_size) for path in files]
    for path in files:
        path.unlink()
    transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize("edition", POLICIES, indirect=True)
def test_no_surface_tells_how_the_votes_fell(edition: Edition) -> None:
    visitor = known_client(edition)
    one, other = surfaces(edition, ONE_WAY, visitor), surfaces(edition, OTHER_WAY, visitor)
    assert {name for name in one if one[name] != other[name]} == set()
    assert sum(1 for name in one if isinstance(one[name], tuple) and one[name][0] == 200) > 15
    assert len(one["files"]) > 4


@pytest.mark.parametrize("edition", ["delayed"], indirect=True)
def test_the_comparison_can_fail(edition: Edition) -> None:
    """The same votes under a live board differ on the pages that show it."""
    round_ = edition.rounds.get(kind="public_vote")
    round_.rules = {**round_.rules, "board": {"policy": "live"}}
    round_.save()
    visitor = known_client(edition)
    one, other = surfaces(edition, ONE_WAY, visitor), surfaces(edition, OTHER_WAY, visitor)
    differing = {name for name in one if one[name] != other[name]}
    assert {"entries/?sort=number", "entries/1/", "board/", "board/data.json", "vote/"} <= differing
    assert tag(edition) not in str(one["board/"])
