"""The play of a live final: judges on their tablets, the wall, viewers; networks are cut and the server is killed.

The operator steps through the actions, on the same database as the server's processes. What every judge gives is known
beforehand, so that the wall can be compared at each reveal with a mean worked out here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from competitions.models import Role
from core import clock
from judging.models import ScoreSheetVersion
from tests.cast import Cast
from tests.e2e.looks import open_context, sign_in
from tests.e2e.site import Site
from tests.factories.competitions import RoleFactory
from tests.judging.hall import Hall, build_hall

POLLERS = Path(__file__).with_name("pollers.py")


def marks_of(seat: int, entrant: int) -> tuple[Decimal, Decimal]:
    """What the judge of a seat gives an entrant for the two criteria; all different, so that a mix-up shows."""
    return Decimal(40) + seat + Decimal(entrant % 8) / 2, Decimal(30) - entrant % 7 + Decimal(seat % 3) / 2


def total(seat: int, entrant: int) -> Decimal:
    return sum(marks_of(seat, entrant), Decimal(0))


def expected_score(judges: int, entrant: int) -> str:
    """The mean without one highest and one lowest, by hand."""
    kept = sorted(total(seat, entrant) for seat in range(judges))[1:-1]
    return str((sum(kept) / len(kept)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def open_stage(cast: Cast, *, judges: int, entries: int) -> Hall:
    """A room ready now: the stage of the final is open, every judge may score, trimming needs as many marks as there are."""
    hall = build_hall(cast, entries=entries, judges=judges)
    round = hall.final.round
    for seat in hall.final.seats[3:]:  # the first three are of the cast
        RoleFactory(edition=cast.edition, user=seat.judge, kind=Role.Kind.JUDGE, granted_by=cast.organiser)
    round.rules = {**round.rules, "panel": {**round.rules["panel"], "min_marks": min(judges, 5)}}
    round.save()
    stage = round.stage
    stage.opens_at, stage.closes_at = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    stage.save()
    return hall


@dataclass
class Play:
    hall: Hall
    site: Site
    browser: Browser
    tablets: list[Page] = field(default_factory=list)
    wall: Page | None = None

    def begin(self) -> None:
        """Every judge waits on the live page, the wall is lit."""
        for seat in self.hall.final.seats:
            page = open_context(self.browser, self.site.url, 1024, 768).page
            sign_in(page, self.site.url, seat.judge)
            page.goto("/judge/live/jgs2026/")
            self.tablets.append(page)
        self.wall = open_context(self.browser, self.site.url, 1920, 1080).page
        self.wall.goto(f"/screen/jgs2026/{self.hall.room.screen_token}/")

    def step(self, entrant: int, *verbs: str) -> None:
        self.hall.step(entrant, *verbs, at=clock.now())

    def fill(self, seat: int, entrant: int) -> None:
        """The tablet has come to the sheet of the entrant by itself; the judge types the marks."""
        page = self.tablets[seat]
        page.wait_for_url(f"**/judge/{self.hall.final.assignment(seat, entrant).public_id}/*")
        for code, mark in zip("AB", marks_of(seat, entrant), strict=True):
            page.locator(f"#n-{code}").fill(str(mark))

    def submit(self, seat: int) -> None:
        """Presses until it goes through, as a person would."""
        page = self.tablets[seat]
        button, confirm = page.get_by_role("button", name="提交评分"), page.get_by_role("button", name="确认提交")
        lost = page.locator("[data-save-state]", has_text="未送达")
        button.click()
        for _ in range(20):
            expect(confirm.or_(lost)).to_be_visible(timeout=60_000)
            if confirm.is_visible():
                break
            button.click()
            expect(lost.filter(has_text="还没有提交").or_(confirm)).to_be_visible(timeout=60_000)
            page.wait_for_timeout(500)
        confirm.click()
        page.wait_for_url("**/judge/live/**", timeout=60_000)

    def reveal(self, entrant: int) -> None:
        """Closes, reveals in four steps, and reads the wall at each."""
        judges = len(self.hall.final.seats)
        wall = self.wall
        assert wall is not None
        expect(wall.locator("[data-fill=done]")).to_have_text(str(judges))
        self.step(entrant, "close_scoring", "reveal")
        tiles = wall.locator("[data-list=judges] li:not([hidden]) [data-cell=mark]")
        expect(tiles).to_have_text([f"{total(seat, entrant):.1f}" for seat in range(judges)])
        expect(wall.locator("[data-fill=score]")).to_have_text("")
        self.step(entrant, "reveal_next")
        expect(wall.locator("[data-list=judges] li[data-drop]")).to_have_count(2)
        self.step(entrant, "reveal_next")
        expect(wall.locator("[data-fill=score]")).to_have_text(expected_score(judges, entrant))
        self.step(entrant, "reveal_next")
        expect(wall.locator("[data-fill=place]")).to_contain_text("名")
        self.step(entrant, "finish")

    def assert_nothing_lost_nothing_doubled(self, entrants: int) -> None:
        found = {
            (version.sheet.assignment.seat.number - 1, version.sheet.assignment.entry.number - 1, version.number): version.total
            for version in ScoreSheetVersion.objects.select_related("sheet__assignment__seat", "sheet__assignment__entry")
        }
        judges = len(self.hall.final.seats)
        assert found == {(seat, entrant, 1): total(seat, entrant) for seat in range(judges) for entrant in range(entrants)}

    def close(self) -> None:
        for page in [*self.tablets, self.wall]:
            if page is not None:
                page.context.close()


@contextmanager
def viewers(port: int, path: str, count: int) -> Iterator[dict[str, int]]:
    """That many viewers while the block runs; afterwards the mapping holds what they counted."""
    counted: dict[str, int] = {}
    command = [sys.executable, str(POLLERS), f"127.0.0.1:{port}", path, str(count), "900"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield counted
        output, _ = process.communicate("stop\n", timeout=60)
        counted.update(json.loads(output))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(20)


def wait_offline(seconds: float, begun: float) -> None:
    """Until the cut that `begun` has lasted so long."""
    time.sleep(max(0.0, seconds - (time.monotonic() - begun)))
