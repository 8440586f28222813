"""Migrations are named by hand and none is missing."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.arch.sources import APPS, ROOT, name


def test_every_migration_has_a_name_given_by_hand() -> None:
    files = [path for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py")]
    assert files
    assert [name(path) for path in files if "_auto_" in path.name or not re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name)] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue() == "No changes detected\n"
