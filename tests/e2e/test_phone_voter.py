"""Somebody who taps a shared link on a phone of 390 px: few taps to a vote, and little to load."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response, Route, expect

from competitions.models import Edition
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.line.scene import sees
from tests.e2e.looks import axe_faults, is_wider_than_the_screen
from tests.e2e.moment import Moment
from tests.factories import moments
from tests.voting.ballots import build_vote
from voting.models import Ballot

pytestmark = [pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]
MOST_TAPS = 3
HEAVIEST = 150_000  # bytes, compressed, without pictures
PICTURES = ("image/png", "image/jpeg", "image/webp")


class Thumb:
    """Counts its taps; each waits for the page it leads to."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).filter(visible=True).first.click()
        self.page.wait_for_load_state()
        self.taps += 1


@pytest.fixture
def edition(cast: Cast, moment: Moment) -> Edition:
    moment.go_to(moments.DURING_VOTE)
    return build_vote(14, edition=cast.edition)


def submit(thumb: Thumb) -> None:
    expect(thumb.page.get_by_role("heading", name="人机验证")).to_be_visible()
    sees(thumb.page, "验证已完成")
    assert axe_faults(thumb.page) == [] and not is_wider_than_the_screen(thumb.page)
    thumb.tap("button:has-text('提交 1 票')")
    sees(thumb.page, "投票成功，已收到 1 票")


def test_a_first_time_voter_needs_at_most_three_taps(page_at: PageAt, edition: Edition, tmp_path: Path) -> None:
    """From the link of one project, and from the link of the vote. Recorded: `playwright show-trace <file>` plays it."""
    recordings = Path(os.environ.get("RECORDINGS", tmp_path))
    ways = {
        "entry": (reverse("voting:entry-detail", args=[edition.slug, 2]), [".jg-ballotbar >> text=投一票"]),
        "vote": (reverse("voting:vote", args=[edition.slug]), ["[data-pick='3']", "[data-ballot-submit]"]),
    }
    for name, (link, steps) in ways.items():
        page = page_at(390, 844)
        page.context.tracing.start(screenshots=True, snapshots=True)
        page.goto(link)
        thumb = Thumb(page)
        for step in steps:
            thumb.tap(step)
        submit(thumb)
        page.context.tracing.stop(path=recordings / f"first-vote-{name}.zip")
        assert thumb.taps <= MOST_TAPS
        assert (recordings / f"first-vote-{name}.zip").stat().st_size > 10_000
    assert sorted(Ballot.objects.values_list("entry__number", flat=True)) == [2, 3]


def slowly(route: Route) -> None:
    time.sleep(1)
    route.continue_()


@pytest.mark.parametrize("trouble", ["a script comes late", "the challenge fails once"])
def test_the_proof_of_work_is_done_on_a_bad_line(page_at: PageAt, edition: Edition, trouble: str) -> None:
    """Nobody has to press anything when the widget is there before its algorithms, or when one answer is lost."""
    page = page_at(390, 844)
    if trouble == "a script comes late":
        page.route("**/captcha*.js", slowly)
    else:
        page.route("**/vote/challenge/", lambda route: route.abort("internetdisconnected"), times=1)
    page.goto(reverse("voting:entry-detail", args=[edition.slug, 2]))
    thumb = Thumb(page)
    thumb.tap(".jg-ballotbar >> text=投一票")
    submit(thumb)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("name", ["voting:gallery", "voting:vote"])
def test_a_page_of_the_gallery_weighs_at_most_150_kilobytes(page_at: PageAt, edition: Edition, name: str) -> None:
    """Everything the browser really loads for it, compressed as the proxy does, pictures left out."""
    page, weights = page_at(390, 844), dict[str, int]()

    def weigh(answer: Response) -> None:
        if answer.ok and not answer.headers.get("content-type", "").startswith(PICTURES):
            weights[answer.url] = len(gzip.compress(answer.body(), 6))

    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(reverse(name, args=[edition.slug]))
    page.wait_for_load_state("networkidle")
    for answer in answers:
        weigh(answer)
    assert any(url.endswith(".css") for url in weights) and any(url.endswith(".js") for url in weights)
    assert sum(weights.values()) <= HEAVIEST, sorted(weights.items(), key=lambda one: -one[1])[:8]
