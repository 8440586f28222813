"""After forgetting nothing joins a tag to a person, the ledger still verifies, and a restored backup forgets again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from pytest_django import Settings

from competitions.models import Edition
from core import clock
from core.actor import SYSTEM
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, vote
from tools import verify_ledger
from voting import errors, retention, tasks
from voting.actions.case import propose_case, release_case
from voting.actions.close import close_vote
from voting.actions.final import finalise_tally
from voting.actions.forget import forget_voters, replay_erasures
from voting.exports.ledger import write_ledger
from voting.models import Ballot, BallotEvidence, CampaignKey, VoterErasure, VoterIdentity
from voting.queries.campaign import find_campaign
from voting.queries.forgetting import erasure_log

pytestmark = pytest.mark.django_db
LATER = moments.VOTE_CLOSES + timedelta(days=190)
ADDRESS, AGENT, IDENTITY = "203.0.113.77", "Browser of a person", "a7" * 32


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "public"


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """A vote that is final: three votes, one of them voided, the first voter known by a mobile number."""
    edition = build_vote(edition=cast.edition)
    vote(edition, 1, 2, voter=1)
    vote(edition, 3, voter=2)
    BallotEvidence.objects.update(record=f'{{"address":"{ADDRESS}","agent":"{AGENT}"}}')
    first = Ballot.objects.earliest("pk")
    VoterIdentity.objects.create(edition=edition, level=2, identity=IDENTITY, voter_tag=first.voter_tag, bound_at=moments.DURING_VOTE)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    case = propose_case(
        edition=edition, verb="void", reason="R1", evidence=f"来自 {ADDRESS}", ballots=[first], actor=cast.organiser, at=AFTER
    )
    release_case(case=case, is_released=True, actor=cast.organiser2, at=AFTER)
    for organiser in (cast.organiser, cast.organiser2):
        finalise_tally(edition=edition, actor=organiser, at=AFTER)
    return edition


def everything() -> str:
    """Every text in every table."""
    found = []
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.BooleanField)]
        found += [str(row) for row in model._default_manager.values_list(*names)]
    return "\n".join(found)


def files(folder: Path) -> str:
    return "\n".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(("at", "match"), [(LATER - timedelta(seconds=1), "190 天"), (AFTER, "190 天")])
def test_nothing_is_forgotten_before_half_a_year_has_passed(edition: Edition, at: object, match: str) -> None:
    before = everything()
    with pytest.raises(errors.TooEarlyToForget, match=match):
        forget_voters(edition=edition, actor=SYSTEM, at=at)
    assert everything() == before
    assert not erasure_log().exists()


def test_nothing_is_forgotten_while_an_appeal_is_open(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_sources", [lambda found: ["还有 1 项异议没有办结。"] if found == edition else []])
    with pytest.raises(errors.TooEarlyToForget, match="1 项异议没有办结"):
        forget_voters(edition=edition, actor=SYSTEM, at=LATER)
    assert CampaignKey.objects.exists()


def test_a_vote_that_is_not_final_is_not_forgotten() -> None:
    edition = build_vote()
    with pytest.raises(errors.TooEarlyToForget, match="尚未终计"):
        forget_voters(edition=edition, actor=SYSTEM, at=LATER + timedelta(days=900))


def test_afterwards_no_table_and_no_file_joins_a_tag_to_a_person(
    edition: Edition, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    assert find_campaign(edition, AFTER) is not None
    wrapped, salts = CampaignKey.objects.get().wrapped, list(BallotEvidence.objects.values_list("salt", flat=True))
    secrets = [ADDRESS, AGENT, IDENTITY, wrapped, *salts]
    before = everything()
    assert all(secret in before for secret in secrets)
    with django_capture_on_commit_callbacks(execute=True):
        forget_voters(edition=edition, actor=SYSTEM, at=LATER)
    write_ledger(edition, tmp_path / "public" / "ledger", LATER)
    after = everything() + files(tmp_path)
    assert [secret for secret in secrets if secret in after] == []
    assert find_campaign(edition, LATER) is None  # nor does this process remember the key


def test_the_ledger_still_verifies_and_the_pages_still_open(edition: Edition, tmp_path: Path, client: object) -> None:
    ballot = Ballot.objects.latest("pk")
    (tmp_path / "receipt").write_text(ballot.receipt)
    forget_voters(edition=edition, actor=SYSTEM, at=LATER)
    write_ledger(edition, tmp_path / "ledger", LATER)
    faults, lines = verify_ledger.verify(tmp_path / "ledger", [tmp_path / "receipt"])
    assert (list(faults), "定稿：已定稿" in lines) == ([], True)
    with clock.rehearse(LATER):
        for page in ("entries/", "entries/1/", "board/", "vote/", "ledger/", "vote/receipt/"):
            assert client.get(f"/{edition.slug}/{page}").status_code == 200, page


def test_a_restored_backup_forgets_again(edition: Edition, tmp_path: Path) -> None:
    backup = [*CampaignKey.objects.all(), *BallotEvidence.objects.all(), *VoterIdentity.objects.all()]
    forget_voters(edition=edition, actor=SYSTEM, at=LATER)
    for row in backup:
        row.save(force_insert=True)
    assert ADDRESS in everything()
    with clock.rehearse(LATER + timedelta(days=3)):
        tasks.replay_voter_erasures.delay()
    assert ADDRESS not in everything()
    assert not (CampaignKey.objects.exists() or BallotEvidence.objects.exists() or VoterIdentity.objects.exists())
    assert replay_erasures(actor=SYSTEM, at=LATER + timedelta(days=4)) == []
    write_ledger(edition, tmp_path / "ledger", LATER)
    assert list(verify_ledger.verify(tmp_path / "ledger")[0]) == []


def test_the_command_asks_forgets_and_refuses_in_words(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="190 天"), clock.rehearse(AFTER):
        call_command("forget-voters", edition.slug, yes=True)
    with pytest.raises(CommandError, match="没有代号"):
        call_command("forget-voters", "nowhere", yes=True)
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(CommandError, match="没有确认"), clock.rehearse(LATER):
        call_command("forget-voters", edition.slug)
    assert CampaignKey.objects.exists()
    with clock.rehearse(LATER):
        call_command("forget-voters", edition.slug, yes=True)
    assert VoterErasure.objects.get().at == LATER
