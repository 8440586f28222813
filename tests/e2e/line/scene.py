"""Who walks the line: people with a browser each, the edition, the clock, and the verbs of a person at a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from competitions.actions.stage import release_gate
from competitions.models import Edition, Round, Stage
from core.models import Message
from entries.models import Entry
from tests.e2e.conftest import PageAt
from tests.e2e.looks import sign_in
from tests.e2e.moment import Moment

SLUG = "jgs2027"


@dataclass
class Line:
    """One walk. `people` by a short name; each keeps the page first opened for them."""

    page_at: PageAt
    origin: str
    moment: Moment
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        return Edition.objects.get(slug=SLUG)

    def round(self, kind: str) -> Round:
        return Round.objects.select_related("edition", "stage").get(edition__slug=SLUG, kind=kind)

    def entry(self, number: int) -> Entry:
        return Entry.objects.get(edition__slug=SLUG, number=number)

    def page_of(self, who: str, width: int = 1440) -> Page:
        """The page of one of `people`, signed in; of somebody else (a visitor) a page without a session."""
        if who not in self.pages:
            self.pages[who] = self.page_at(width)
            if who in self.people:
                sign_in(self.pages[who], self.origin, self.people[who])
        return self.pages[who]

    def begin(self, kind: str, **after: float) -> None:
        """Goes to an hour after a stage begins (or `after` its beginning); the organiser has released it."""
        stage = Stage.objects.get(edition__slug=SLUG, kind=kind)
        if stage.gate_released_at is None:
            release_gate(stage=stage, actor=self.people["organiser"], at=stage.opens_at - timedelta(hours=1))
        self.moment.go_to(stage.opens_at + timedelta(**(after or {"hours": 1})))

    def end(self, kind: str) -> None:
        """Goes to an hour after a stage is over."""
        self.moment.go_to(Stage.objects.get(edition__slug=SLUG, kind=kind).closes_at + timedelta(hours=1))


def go(page: Page, name: str, *args: object) -> None:
    """Opens the page of a URL name, which must answer 200."""
    answer = page.goto(reverse(name, args=args))
    assert answer is not None
    assert answer.status == 200, f"{name} answered {answer.status}: {page.inner_text('body')[:400]}"


def fill(page: Page, values: Mapping[str, object]) -> None:
    """Types into the fields of these names, chooses in lists, ticks boxes (True)."""
    for name, value in values.items():
        control = page.locator(f"[name='{name}']:visible").first
        kind = control.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
        if kind == "select":
            control.select_option(str(value))
        elif kind == "radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            control.check()
        else:
            control.fill(str(value))


def press(page: Page, label: str) -> None:
    """Presses the button that shows this label; waits for the page it leads to."""
    page.get_by_role("button", name=label).filter(visible=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, label: str) -> None:
    """Follows the link that shows this label."""
    page.get_by_role("link", name=label).filter(visible=True).first.click()
    page.wait_for_load_state()


def sees(page: Page, *texts: str) -> None:
    """Each text stands on the page."""
    for text in texts:
        expect(page.locator("body")).to_contain_text(text)


def code_for(recipient: str) -> str:
    """The six digits last sent to an address."""
    found = re.search(r"\b(\d{6})\b", Message.objects.filter(recipient=recipient).latest("pk").body)
    assert found, f"no code was sent to {recipient}"
    return found.group(1)
