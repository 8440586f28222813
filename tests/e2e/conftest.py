"""What browser tests share: a fresh page a test at a named width, what it asked for, and a clock.

`page_at(width)` opens a page on the live server's origin; after the test no request to another host, no error in the
console and no failed request of our own may have been seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from tests.e2e.looks import Phone, open_context
from tests.e2e.moment import Moment

PageAt = Callable[..., Page]
PATIENCE = 30_000  # milliseconds: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


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
    cut = "ERR_INTERNET_DISCONNECTED"  # the test itself took the network away
    assert [line for phone in phones for line in phone.errors if cut not in line] == []


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of this process and of the live server's threads; it stands where the test puts it."""
    hand = Moment(clock.now())
    monkeypatch.setattr(clock, "now", hand.read)
    monkeypatch.setattr(clock, "is_rehearsed", lambda: True)  # or the vote would ask the database's own clock
    return hand
