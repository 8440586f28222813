"""What browser tests share: one Chromium a run, a fresh page a test at a named width, what it asked for, and a clock.

`page_at(width)` opens a page on the live server's origin; after the test no request to another host, no error in the
console and no failed request of our own may have been seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from core import clock
from tests.e2e.looks import ARGUMENTS, Phone, open_context
from tests.e2e.moment import Moment
from tests.left_out import ADVICE, chromium_path

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PageAt = Callable[..., Page]
PATIENCE = 30_000  # milliseconds: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail(ADVICE["e2e"])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer) -> Iterator[PageAt]:
    """`page_at(390)` → a page of that width; relative addresses lead to the live server."""
    phones: list[Phone] = []

    def make(width: int = 1440, height: int = 900, *, scripts: bool = True) -> Page:
        phones.append(open_context(browser, live_server.url, width, height, scripts=scripts))
        return phones[-1].page

    yield make
    for phone in phones:
        phone.context.close()
    asked = {urlsplit(url).netloc for phone in phones for url in phone.requests if not url.startswith(("data:", "blob:"))}
    assert asked <= {urlsplit(live_server.url).netloc}, "a page asked another host"
    assert [line for phone in phones for line in phone.errors] == []


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of this process and of the live server's threads; it stands where the test puts it."""
    hand = Moment(clock.now())
    monkeypatch.setattr(clock, "now", hand.read)
    monkeypatch.setattr(clock, "is_rehearsed", lambda: True)  # or the vote would ask the database's own clock
    return hand
