"""The drill of a disaster: the demo edition is backed up, lost, and restored on the other database and back again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

ROOT = Path(__file__).parents[2]
SEAL = "from core import clock; from core.audit.seal import seal_journal; seal_journal(at=clock.now())"  # the worker's job
SCRATCH = f"drill_{os.getpid()}"


@pytest.fixture
def scratch_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone."""
    address = urlsplit(os.environ["DATABASE_URL"])
    connection = psycopg2.connect(urlunsplit(address._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {SCRATCH}")
        yield urlunsplit(address._replace(path=f"/{SCRATCH}"))
        cursor.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)")
    connection.close()


class Site:
    """An installation in a folder of its own, worked by its commands."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        left = {"DATABASE_URL", "REDIS_URL", "TEST_DATA_DIR", "DJANGO_SETTINGS_MODULE"}
        self.environment = {key: value for key, value in os.environ.items() if key not in left} | {
            "DATA_DIR": str(folder),
            "DEBUG": "1",
            "BACKUP_PASSPHRASE": "a phrase for the drill",
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "jianggaosai.settings.base",
        }

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=400
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def backup(self) -> Path:
        self.manage("backup")
        (archive,) = (self.folder / "backups").glob("*.zip")
        return archive


def manifest(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return found


@pytest.mark.timeout(900)
def test_the_demo_survives_its_loss_on_both_databases(tmp_path: Path, scratch_database: str) -> None:
    first = Site(tmp_path / "first")
    first.manage("migrate", "--verbosity", "0")
    first.manage("demo", "--stage", "results", "--votes", "2000")
    first.manage("shell", "--verbosity", "0", "--command", SEAL)
    archives = [first.backup()]
    for site in (Site(tmp_path / "second", scratch_database), Site(tmp_path / "third")):
        site.manage("migrate", "--verbosity", "0")
        assert "与备份时一致" in site.manage("restore", str(archives[-1]))
        assert "所有封存校验通过" in site.manage("verify-audit")
        archives.append(site.backup())
    made, *restored = [manifest(archive) for archive in archives]
    assert made["proofs"]["ledgers"] and made["proofs"]["results"] and made["proofs"]["journal"]["head"]
    for again in restored:
        assert again["proofs"] == made["proofs"]
        assert again["tables"] == made["tables"]
        assert again["keys"] == made["keys"]
        files = {name: member for name, member in again["members"].items() if name.startswith(("media/", "public/"))}
        assert files and all(made["members"][name] == member for name, member in files.items())
    assert [again["database"] for again in (made, *restored)] == ["sqlite", "postgresql", "sqlite"]
