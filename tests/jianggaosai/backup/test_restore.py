"""Backup → wipe → restore, on whichever database the tests run."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from core.models import AuditEntry
from jianggaosai.backup.archive import BadArchive
from jianggaosai.backup.load import NotRestorable, restore_backup
from jianggaosai.backup.make import drop_older
from jianggaosai.backup.proofs import differences, proofs
from jianggaosai.backup.tables import kept_models
from results.models import RoundResult
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.jianggaosai.backup.conftest import PASSPHRASE
from tests.voting.ballots import build_vote, vote
from voting.models import Ballot, BallotEvidence, CampaignKey, VoterErasure
from voting.queries.forgetting import erasure_log

pytestmark = pytest.mark.django_db(transaction=True)
Make = Callable[..., Path]
AT = moments.NOTICE_CLOSES + timedelta(days=400)


def restore(path: Path, *, passphrase: str = PASSPHRASE, accept: bool = False) -> None:
    restore_backup(path=path, passphrase=passphrase, accept_other_keys=accept, at=AT, tell=lambda _: None)


def rows() -> dict[str, list[object]]:
    return {model._meta.db_table: list(model._base_manager.order_by("pk").values_list()) for model in kept_models()}


def wipe() -> None:
    call_command("flush", interactive=False, verbosity=0)


def test_everything_comes_back_as_it_was_with_the_triggers_on(place: Path, fill: Callable[[], None], archive: Make) -> None:
    fill()
    before, proven = rows(), proofs()
    path = archive()
    wipe()
    default_storage.delete("attachments/2026/09/one.pdf")
    assert not RoundResult.objects.exists()
    restore(path)
    assert rows() == before
    assert differences(proven, proofs()) == []
    assert proven["journal"]["faults"] == [] and len(proven["results"]) == 2 and proven["ledgers"]
    assert default_storage.open("attachments/2026/09/one.pdf").read() == b"%PDF-1.7 one"
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM results_roundresult")
    assert UserFactory().pk > max(user[0] for user in before["accounts_user"])  # identifiers go on behind the old ones


def test_the_commands_say_what_they_did(place: Path, fill: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fill()
    monkeypatch.setenv("BACKUP_PASSPHRASE", PASSPHRASE)
    out = StringIO()
    call_command("backup", to=place / "out", stdout=out)
    (path,) = (place / "out").glob("*.zip")
    assert f"已备份到 {path}" in out.getvalue()
    with pytest.raises(CommandError, match="数据库不是空的"):
        call_command("restore", path, stdout=StringIO())
    wipe()
    call_command("restore", path, stdout=out)
    assert "账本、操作日志和结果与备份时一致" in out.getvalue()


def altered(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the archive in which one member was changed after the manifest was written."""
    copy = path.with_name("altered.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content) if member == name else content)
    return copy


def test_an_altered_archive_is_refused_before_anything_is_touched(place: Path, fill: Callable[[], None], archive: Make) -> None:
    fill()
    path = archive()
    wipe()
    changed = altered(path, "tables/results_placing.jsonl", lambda text: text.replace(b"9", b"8", 1))
    with pytest.raises(BadArchive, match="results_placing.jsonl 被改动过"):
        restore(changed)
    with pytest.raises(BadArchive, match="没有清单"):
        cut = path.with_name("cut.zip")
        cut.write_bytes(path.read_bytes()[:-200])
        restore(cut)
    assert not RoundResult.objects.exists() and not AuditEntry.objects.exists()


def test_rows_that_do_not_give_the_same_proofs_are_not_kept(place: Path, fill: Callable[[], None], archive: Make) -> None:
    """Somebody who also rewrites the hashes of the manifest still cannot rewrite the journal."""
    fill()
    path = archive()
    wipe()

    def without_first_entry(text: bytes) -> bytes:
        return text.split(b"\n", 1)[1]

    journal = "tables/core_auditentry.jsonl"
    changed = fitted(altered(path, journal, without_first_entry), journal)
    with pytest.raises(NotRestorable, match="journal"):
        restore(changed)
    assert not RoundResult.objects.exists() and not AuditEntry.objects.exists()


def fitted(path: Path, name: str) -> Path:
    """The manifest made to fit the altered member; its details go too, so that no foreign key is in the way."""
    with zipfile.ZipFile(path) as source:
        members = {member: source.read(member) for member in source.namelist()}
    members["tables/core_auditdetail.jsonl"] = b""
    manifest = json.loads(members["manifest.json"])
    for member in (name, "tables/core_auditdetail.jsonl"):
        manifest["members"][member]["sha256"] = hashlib.sha256(members[member]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()
    copy = path.with_name("fitted.zip")
    with zipfile.ZipFile(copy, "w") as target:
        for member, content in members.items():
            target.writestr(member, content)
    return copy


def test_other_keys_are_noticed(place: Path, fill: Callable[[], None], archive: Make, settings: LazySettings) -> None:
    fill()
    bare = archive(passphrase="")
    wipe()
    settings.KEY_WRAPPING_KEY = "A" * 43 + "="
    with pytest.raises(NotRestorable, match="密钥与备份时不同"):
        restore(bare, passphrase="")
    assert not RoundResult.objects.exists()
    restore(bare, passphrase="", accept=True)
    assert RoundResult.objects.count() == 2


def test_the_passphrase_brings_the_keys_back(place: Path, fill: Callable[[], None], archive: Make, settings: LazySettings) -> None:
    fill()
    path, old = archive(), settings.KEY_WRAPPING_KEY
    wipe()
    settings.KEY_WRAPPING_KEY = "A" * 43 + "="
    with pytest.raises(NotRestorable, match="打不开备份中的密钥"):
        restore(path, passphrase="another")
    assert not RoundResult.objects.exists()
    restore(path)
    written = place / "data" / "keys" / "wrapping"
    assert written.read_text() == old and written.stat().st_mode & 0o077 == 0


def test_a_member_that_leaves_its_folder_is_refused(place: Path, archive: Make) -> None:
    path = archive()
    wipe()
    with zipfile.ZipFile(path) as source:
        manifest = json.loads(source.read("manifest.json"))
        members = {member: source.read(member) for member in source.namelist()}
    manifest["members"]["media/../../evil"] = {"sha256": "0" * 64, "size": 1}
    members["manifest.json"], members["media/../../evil"] = json.dumps(manifest).encode(), b"x"
    copy = path.with_name("evil.zip")
    with zipfile.ZipFile(copy, "w") as target:
        for member, content in members.items():
            target.writestr(member, content)
    with pytest.raises(BadArchive, match="文件名不安全|与清单不符"):
        restore(copy)
    assert not list(place.rglob("evil"))


def test_only_the_newest_are_kept(place: Path, archive: Make) -> None:
    folder = archive().parent
    for day in ("01", "02"):
        (folder / f"jianggaosai-202501{day}-000000.zip").touch()
    (folder / "notes.zip").touch()
    gone = drop_older(folder, keep=2)
    assert [path.name for path in gone] == ["jianggaosai-20250101-000000.zip"]
    assert (folder / "notes.zip").exists()


def test_an_older_archive_does_not_bring_forgotten_voters_back(place: Path, archive: Make) -> None:
    edition = build_vote()
    vote(edition, 1)
    path = archive()
    wipe()
    erasure_log().parent.mkdir(parents=True, exist_ok=True)
    erasure_log().write_text(json.dumps({"at": AT.isoformat(), "by": "organiser", "edition": edition.slug}) + "\n")
    restore(path)
    assert Ballot.objects.count() == 1 and not BallotEvidence.objects.exists() and not CampaignKey.objects.exists()
    assert VoterErasure.objects.get().edition.slug == edition.slug
