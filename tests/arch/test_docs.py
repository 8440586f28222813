"""The generated documents say what the code says, and each is checked to notice a change."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from pytest_django import Settings

from jianggaosai import reference
from jianggaosai.env import VARIABLES
from tests.arch.sources import ROOT, name, python_files


def test_docs_have_not_drifted() -> None:
    said = StringIO()
    call_command("docs", check=True, stdout=said)
    assert said.getvalue() == "docs/ is up to date\n"


def test_a_drifted_file_is_named_and_written(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "docs").mkdir()
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (tmp_path / "docs" / "operations.md").write_text(text.replace("`DATABASE_URL`", "`DATABASE`"), encoding="utf-8")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"^Drifted: \.env\.example, docs/operations\.md, docs/states\.md, docs/permissions\.md\."):
        call_command("docs", check=True, stdout=StringIO())
    assert not (tmp_path / "docs" / "states.md").exists()
    call_command("docs", stdout=StringIO())
    call_command("docs", check=True, stdout=StringIO())
    assert "`DATABASE_URL`" in (tmp_path / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_variable_stands_in_the_example() -> None:
    names = re.findall(r"^#?([A-Z_]+)=", reference.env_example(), re.M)
    assert names == [*(v.name for v in VARIABLES), "POSTGRES_PASSWORD", "HTTP_PORT"]


def test_only_env_py_reads_the_environment() -> None:
    readers = {name(path) for path in python_files() if "os.environ" in path.read_text(encoding="utf-8")}
    # the entry points name the settings module; the test settings choose their folder before the settings are read
    entries = {"jianggaosai/celery.py", "jianggaosai/wsgi.py", "jianggaosai/settings/test.py"}
    assert readers - entries == {"jianggaosai/env.py"}


def test_states_and_permissions_are_found() -> None:
    root = project.BASE_DIR
    assert [machine.name for machine in reference.machines("judging")] == ["assignment", "sheet", "draw", "slot", "papersheet", "finalist"]
    assert "`entries.submit_entry`" in reference.permissions_page(root)
    assert "`manage.py serve`" in reference.commands_table(root)


def test_every_pinned_package_stands_in_the_licences() -> None:
    listed = {word.lower() for word in re.findall(r"[\w-]+", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"))}
    pinned = {
        found[1].lower()
        for file in ("requirements.txt", "requirements-dev.txt")
        for found in re.finditer(r"^([\w-]+)(?:\[[\w,]+\])?==", (ROOT / file).read_text(encoding="utf-8"), re.M)
    }
    assert len(pinned) > 30
    assert pinned - listed == set()


def test_no_pin_is_loose() -> None:
    for file in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if line and not line.startswith(("#", "-r ")) and not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line)]
        assert loose == [], file
