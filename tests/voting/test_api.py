"""The ledger over the API: as far as the published files reach, and not a leaf further."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import clock
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
from voting.queries.published import ledger_folder

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


def test_the_checkpoint_is_the_published_one(client, settings, tmp_path: Path):
    settings.PUBLIC_MEDIA_ROOT = tmp_path
    edition = build_vote(2)
    address = f"/api/v1/editions/{edition.slug}/checkpoint/"
    with clock.rehearse(AT):
        assert client.get(address).status_code == 404
        vote(edition, 1, voter=1)
        seal_ledger(edition=edition, at=AT)
        write_ledger(edition, ledger_folder(edition), AT)
        first = client.get(address).json()
        assert first["size"] == 2
        vote(edition, 2, voter=2)
        seal_ledger(edition=edition, at=AT)
        assert client.get(address).json() == first
        write_ledger(edition, ledger_folder(edition), AT)
        second = client.get(address).json()
        assert second["size"] == 3
        assert (ledger_folder(edition) / "checkpoint").read_text() == second["note"]
