"""Every page of every app, as somebody who may open it, on a phone and on a desk.

Addresses and audiences are those of tests/<app>/audience.py (law 8), so that a new page is looked at without a line here.
A page has one heading of the first level, loads the sheet of every class it uses, cannot be scrolled sideways, and axe finds
nothing on it at either width; `page_at` sees to it that nothing is asked of another host and that the console stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.arch.test_audience import tables
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe_faults, classes_without_a_rule, is_wider_than_the_screen, sign_in
from tests.e2e.moment import Moment
from tests.factories import moments

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# HTML that is a part of a page, or not meant to be read: everything else that answers with HTML is looked at.
PARTS = {"accounts:messages-unread"}
SCREENS = {"judging:screen"}  # made for a hall, never for a phone
# Who looks, where several may.
FIRST = ("anonymous", "applicant", "judge", "chief", "examiner", "operator", "organiser")


def pages(table: ModuleType, addressed: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(URL name, address, who looks) of every page in the table."""
    for key, who in table.AUDIENCE.items():
        if not key.startswith(("POST ", "api-")) and key not in PARTS and who:
            yield key, addressed[key], next((one for one in FIRST if one in who), min(who))


def is_page(page: Page, address: str) -> bool:
    """Files, JSON and words for a health check are none; neither is what answers to another method only."""
    answer = page.request.get(address)
    return answer.status != 405 and answer.headers.get("content-type", "").startswith("text/html")


def faults_of(page: Page, key: str, address: str) -> list[str]:
    """What is wrong with a page, each fault with its name and width."""
    if not is_page(page, address):
        return []
    page.set_viewport_size(DESK)
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{key}: answered {answer.status if answer else 'nothing'}"]
    found = []
    if (count := page.locator("h1:visible").count()) != 1:
        found.append(f"{key}: {count} headings of the first level")
    found += [f"{key}: no style sheet of the page has .{name}" for name in classes_without_a_rule(page)]
    for size in (DESK,) if key in SCREENS else (DESK, PHONE):
        page.set_viewport_size(size)
        where = f"{key} at {size['width']}"
        found += [f"{where}: {fault}" for fault in axe_faults(page)]
        if is_wider_than_the_screen(page):
            found.append(f"{where}: wider than the screen")
    return found


@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__.split(".")[1])
def test_every_page_can_be_read_by_everybody_on_every_screen(
    page_at: PageAt, live_server: LiveServer, moment: Moment, cast: Cast, table: ModuleType
) -> None:
    moment.go_to(getattr(table, "AT", moments.DURING_VOTE))
    opened: dict[str, Page] = {}
    found = []
    for key, address, who in pages(table, table.addresses(cast)):
        if who not in opened:
            opened[who] = page_at(1440)
            if who != "anonymous":
                sign_in(opened[who], live_server.url, cast.people[who])
        found += faults_of(opened[who], key, address)
    assert found == [], "\n".join(found)
