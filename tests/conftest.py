"""What every test shares. Markers come from folders, so none is set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from core import append_only, memory
from tests.cast import Cast, build_cast
from tests.left_out import leave_out, pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]

settings.register_profile("jianggaosai", deadline=None)
settings.load_profile("jianggaosai")
HERE = Path(__file__).parent
MARKERS = {"e2e": "e2e", "services": "services"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        parts = Path(item.path).relative_to(HERE).parts
        if parts[0] in MARKERS:
            item.add_marker(MARKERS[parts[0]])
    leave_out(config, items)


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
def _nothing_remembered() -> None:
    """Every test's database gives the same primary keys to other rows."""
    memory.forget_everything()


@pytest.fixture
def cast(db: None) -> Cast:
    """The edition and everybody in it (tests/cast.py)."""
    return build_cast()
