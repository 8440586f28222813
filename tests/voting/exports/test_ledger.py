"""The published files: what they tell when, that they verify at every moment, and that they are never contradicted."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from competitions.models import Edition
from core import append_only
from core.actor import SYSTEM
from core.ledger.tile import unpack_entries
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, set_rule, vote
from tools import verify_ledger
from voting.actions.case import propose_case, release_case
from voting.actions.close import close_vote
from voting.actions.final import finalise_tally
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote
from voting.errors import LedgerContradicts
from voting.exports.ledger import write_ledger
from voting.models import Ballot, LedgerCheckpoint, LedgerLeaf
from voting.queries.published import published_entries

pytestmark = pytest.mark.django_db
AT = moments.DURING_VOTE


def edition_with(policy: dict[str, object], entries: int = 3) -> Edition:
    edition = build_vote(entries, opened=False)
    set_rule(edition, board=policy)
    open_vote(edition=edition, actor=SYSTEM, at=moments.VOTE_OPENS)
    return edition


def publish(edition: Edition, folder: Path, at: datetime) -> int:
    """Publishes, lets the independent verifier read it, and returns how many entries are out."""
    write_ledger(edition, folder, at)
    faults, _ = verify_ledger.verify(folder)
    assert list(faults) == []
    return published_entries(folder)


@pytest.mark.parametrize(
    ("policy", "soon", "later", "at_the_end", "after_the_close"),
    [
        ({"policy": "live"}, 3, 3, 3, 4),
        ({"policy": "delayed", "minutes": 10}, 1, 3, 3, 4),
        ({"policy": "daily", "hour": 9}, 1, 1, 3, 4),
        ({"policy": "order", "minutes": 10}, 0, 0, 0, 0),
        ({"policy": "hidden", "minutes": 10, "hours": 24}, 1, 3, 3, 3),
    ],
)
def test_entries_never_tell_more_than_the_board(
    tmp_path: Path, policy: dict[str, object], soon: int, later: int, at_the_end: int, after_the_close: int
) -> None:
    edition = edition_with(policy)
    assert publish(edition, tmp_path, AT) in (0, 1)
    vote(edition, 1, 2, voter=1)
    seal_ledger(edition=edition, at=AT)
    assert publish(edition, tmp_path, AT + timedelta(seconds=5)) == soon
    assert publish(edition, tmp_path, AT + timedelta(minutes=25)) == later
    assert publish(edition, tmp_path, AT + timedelta(days=1, hours=12)) == at_the_end
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    assert publish(edition, tmp_path, AFTER) == after_the_close


def test_in_the_hidden_hours_nothing_new_is_told_but_the_number_of_leaves(tmp_path: Path) -> None:
    edition = edition_with({"policy": "hidden", "minutes": 10, "hours": 24})
    late = moments.VOTE_CLOSES - timedelta(hours=23)
    vote(edition, 1, voter=1, at=late)
    checkpoint = seal_ledger(edition=edition, at=late)
    assert publish(edition, tmp_path, moments.VOTE_CLOSES - timedelta(hours=1)) == 0
    assert not list(tmp_path.rglob("entries"))
    assert (tmp_path / "checkpoint").read_text() == checkpoint.note
    assert b"001" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_the_committee_did_to_votes_comes_out_after_the_final_tally_alone(cast: Cast, tmp_path: Path) -> None:
    edition = build_vote(edition=cast.edition)
    set_rule(edition, board={"policy": "live"})
    vote(edition, 1, 2, voter=1)
    seal_ledger(edition=edition, at=AT)
    case = propose_case(
        edition=edition, verb="void", reason="R1", evidence="x", ballots=list(Ballot.objects.all()), actor=cast.organiser, at=AT
    )
    release_case(case=case, is_released=True, actor=cast.organiser2, at=AT)
    vote(edition, 3, voter=2)
    seal_ledger(edition=edition, at=AT)
    assert publish(edition, tmp_path, AT + timedelta(minutes=1)) == 4
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    assert publish(edition, tmp_path, AFTER) == 5
    assert b"void" not in b"".join(path.read_bytes() for path in (tmp_path / "tile" / "entries").rglob("*") if path.is_file())
    for organiser in (cast.organiser, cast.organiser2):
        finalise_tally(edition=edition, actor=organiser, at=AFTER)
    assert publish(edition, tmp_path, AFTER) == 7
    assert b'"t":"void"' in (tmp_path / "leaves.jsonl").read_bytes()


def test_many_small_steps_and_one_large_one_give_the_same_files(tmp_path: Path) -> None:
    edition = edition_with({"policy": "live"}, entries=5)
    steps, once = tmp_path / "steps", tmp_path / "once"
    for voter in range(160):
        vote(edition, 1, 2, 3, 4, 5, voter=voter)
        if voter % 20 == 19:
            seal_ledger(edition=edition, at=AT)
            publish(edition, steps, AT + timedelta(minutes=1))
    publish(edition, once, AT + timedelta(minutes=1))
    found = {path.relative_to(once) for path in once.rglob("*") if path.is_file() and path.name not in (".lock", "published.json")}
    assert all((steps / path).read_bytes() == (once / path).read_bytes() for path in found)
    assert LedgerLeaf.objects.count() == 801
    bundles = [steps / "tile" / "entries" / f"{number:03d}" for number in range(3)]
    assert [len(unpack_entries(path.read_bytes())) for path in bundles] == [256, 256, 256]
    assert not list((steps / "tile" / "0").glob("000.p"))  # a full tile replaces its parts


def test_a_lost_folder_is_written_again_with_the_same_bytes(tmp_path: Path) -> None:
    edition = edition_with({"policy": "live"})
    vote(edition, 1, 2, 3)
    seal_ledger(edition=edition, at=AT)
    folder = tmp_path / "ledger"
    publish(edition, folder, AT + timedelta(minutes=1))
    before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    shutil.rmtree(folder)
    publish(edition, folder, AT + timedelta(minutes=1))
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_database_that_fell_behind_what_was_published_is_cried_out(tmp_path: Path) -> None:
    """An older backup, or a rewritten history: the published files stay as they are."""
    edition = edition_with({"policy": "live"})
    vote(edition, 1, voter=1)
    seal_ledger(edition=edition, at=AT)
    publish(edition, tmp_path, AT)
    append_only.remove_triggers()
    LedgerCheckpoint.objects.filter(size=2).delete()
    LedgerLeaf.objects.filter(index=1).delete()
    append_only.install_triggers()
    vote(edition, 2, voter=2)
    seal_ledger(edition=edition, at=AT)
    before = (tmp_path / "checkpoint").read_bytes()
    with pytest.raises(LedgerContradicts):
        write_ledger(edition, tmp_path, AT)
    assert (tmp_path / "checkpoint").read_bytes() == before
