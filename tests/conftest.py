"""What every test shares. Markers come from folders, so none is set by hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import socket_allow_hosts

from core import append_only, memory
from tests.cast import Cast, build_cast
from tests.e2e.looks import ARGUMENTS
from tests.left_out import ADVICE, chromium_path, leave_out, pytest_terminal_summary
from voting.queries.published import URL

__all__ = ["pytest_terminal_summary"]

settings.register_profile("jianggaosai", deadline=None)
settings.load_profile("jianggaosai")
HERE = Path(__file__).parent
MARKERS = {"e2e": "e2e", "services": "services", "faults": "services"}
LONGEST_FIRST = ("services/test_live_final.py", "e2e/test_pages.py", "jianggaosai/demo", "e2e", "faults", "services", "jianggaosai", "arch")
"""So that no process is still busy with a long file when the others have run out of work (pyproject.toml keeps this order)."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        parts = Path(item.path).relative_to(HERE).parts
        if parts[0] in MARKERS:
            item.add_marker(MARKERS[parts[0]])
    leave_out(config, items)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """When a test's turn is: the place of its folder or file in LONGEST_FIRST, everything else after them."""
    path = Path(item.path).relative_to(HERE).as_posix()
    return next((turn for turn, start in enumerate(LONGEST_FIRST) if path.startswith(start)), len(LONGEST_FIRST))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only this machine may be talked to."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _lift_triggers_around_the_flush() -> None:
    """A transactional test ends with a flush, which append-only tables refuse. The triggers are lifted for the flush
    alone; `post_migrate`, which every flush sends, installs them again."""
    original = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        append_only.remove_triggers(self.connection.alias)
        original(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> None:
    """Every test's database gives the same primary keys to other rows, and the same names to other ledgers; whoever has one of
    those keys must not be counted as the same caller."""
    memory.forget_everything()
    cache.clear()
    shutil.rmtree(Path(django_settings.PUBLIC_MEDIA_ROOT) / URL, ignore_errors=True)


@pytest.fixture
def cast(db: None) -> Cast:
    """The edition and everybody in it (tests/cast.py)."""
    return build_cast()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of this run: Playwright's synchronous interface cannot be entered twice in a thread."""
    path = chromium_path()
    if path is None:
        pytest.fail(ADVICE["e2e"])
    # It runs an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
