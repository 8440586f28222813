"""The hall's screen stays open for hours: it does not grow, listens to nothing more, and can be read from the back row."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.judging.hall import MARKS, TO_REVEAL, TO_SCORING, Hall, build_hall

pytestmark = pytest.mark.django_db(transaction=True)
POLLS = 200
# Polls come every few milliseconds instead of every 1.5 seconds, and every new listener is counted.
HURRY = """
const later = setTimeout;
window.setTimeout = (act, ms, ...more) => later(act, ms === 1500 ? 4 : ms, ...more);
window.listeners = 0;
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (...all) { window.listeners += 1; return listen.apply(this, all); };
"""
SMALL = """() => [...document.querySelectorAll('.jg-screen *')].filter(one => one.checkVisibility() && [...one.childNodes].some(
  node => node.nodeType === 3 && node.textContent.trim()) && parseFloat(getComputedStyle(one).fontSize) < 28).map(one => one.className || one.tagName)"""


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


def size(page: Page) -> tuple[int, int]:
    return page.evaluate("document.querySelectorAll('*').length"), page.evaluate("window.listeners")


def polls(page: Page, seen: list[int], count: int) -> None:
    """Waits until so many more answers have come."""
    wanted = len(seen) + count
    while len(seen) < wanted:
        page.wait_for_timeout(50)


def watched_turn(page: Page, hall: Hall, number: int) -> None:
    """A whole turn that waits until the screen has drawn the marking and the reveal, so that every row it needs exists."""
    hall.step(number, *TO_SCORING)
    hall.mark(number, MARKS)
    expect(page.locator("[data-fill=done]")).to_have_text(str(len(MARKS)))
    hall.step(number, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next")
    expect(page.locator("[data-fill=place]")).to_have_text("第 1 名" if number == 0 else "并列第 1 名")
    hall.step(number, "finish")
    expect(page.locator("[data-list=standing] li:not([hidden])")).to_have_count(number + 1)


def test_hundreds_of_polls_and_a_whole_turn_leave_nothing_behind(page_at: PageAt, hall: Hall) -> None:
    page = page_at(1920, 1080)
    page.add_init_script(HURRY)
    page.goto(f"/screen/jgs2026/{hall.room.screen_token}/")
    watched_turn(page, hall, 0)
    seen: list[int] = []
    page.on("response", lambda answer: seen.append(answer.status) if "/state/" in answer.url else None)
    before = size(page)
    polls(page, seen, POLLS)
    assert size(page) == before
    watched_turn(page, hall, 1)
    polls(page, seen, POLLS)
    assert set(seen) <= {200, 304}
    nodes, listeners = size(page)
    assert listeners == before[1]
    assert nodes - before[0] <= 8  # the one row the second entrant needs in the list


def test_every_phase_is_readable_from_the_back_row(page_at: PageAt, hall: Hall) -> None:
    page = page_at(1920, 1080)
    page.goto(f"/screen/jgs2026/{hall.room.screen_token}/")
    assert page.evaluate(SMALL) == []
    hall.step(0, "start_talk")
    expect(page.locator("[data-part=clock]")).to_be_visible()
    assert page.evaluate(SMALL) == []
    hall.step(0, *TO_SCORING[1:])
    hall.mark(0, MARKS)
    expect(page.locator("[data-fill=done]")).to_have_text("5")
    assert page.evaluate(SMALL) == []
    hall.step(0, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next")
    expect(page.locator("[data-fill=place]")).to_have_text("第 1 名")
    assert page.evaluate(SMALL) == []
