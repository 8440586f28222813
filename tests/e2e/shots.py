"""`make shots`: pictures of every page type at 390 and 1440 px, into shots/.

bin/shots runs it on a temporary folder: the demo edition is built there and served, and `PAGES` are walked as the demo account of
each page's role. A page whose address cannot be made (its object is not in the demo edition) is named at the end; the code is
then 1.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, sync_playwright

from accounts.models import User
from competitions.queries.access import latest_public_edition
from jianggaosai.demo_logins import demo_logins
from tests.e2e.looks import ARGUMENTS, open_context, sign_in
from tests.left_out import ADVICE, chromium_path

ROOT = Path(__file__).parents[2]
WIDTHS = (390, 1440)
FOLDER = ROOT / "shots"


@dataclass(frozen=True)
class Shot:
    """A picture: its file name, the URL name, the role label of who looks ("" for nobody), and the URL's arguments."""

    file: str
    url: str
    who: str = ""
    args: Callable[[], list[object]] = list


def edition() -> list[object]:
    """The slug of the current edition, as arguments."""
    found = latest_public_edition()
    return [found.slug] if found else []


PAGES = [
    Shot("front", "front"),
    Shot("accessibility", "accessibility"),
    Shot("sign-in", "account_login"),
    Shot("sign-up", "account_signup"),
    Shot("developer", "dev:index"),
    Shot("edition-home", "competitions:edition-home", args=edition),
    Shot("announcements", "competitions:announcement-list", args=edition),
    Shot("rules", "competitions:edition-rules", args=edition),
    Shot("home", "accounts:home", "参赛单位"),
    Shot("setup", "competitions:setup", "组委会", edition),
    Shot("gallery", "voting:gallery", args=edition),
    Shot("board", "voting:board", args=edition),
    Shot("judge-tasks", "judging:task-list", "评委"),
    Shot("dashboard", "console:dashboard", "组委会", edition),
    Shot("results", "results:results", args=edition),
]


@contextmanager
def served() -> Iterator[str]:
    """The demo edition on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "manage.py", "serve", "--prepare", "--no-worker", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        for line in process.stdout:
            if "The site is at" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def take(browser: Browser, origin: str, shot: Shot, people: dict[str, User]) -> str | None:
    """Both pictures of one page; a sentence when it could not be opened."""
    try:
        address = reverse(shot.url, args=shot.args())
    except NoReverseMatch:
        return f"{shot.file}: no address for {shot.url}"
    if shot.who and shot.who not in people:
        return f"{shot.file}: no demo account {shot.who}"
    for width in WIDTHS:
        phone = open_context(browser, origin, width)
        if shot.who:
            sign_in(phone.page, origin, people[shot.who])
        answer = phone.page.goto(address)
        phone.page.screenshot(path=FOLDER / f"{shot.file}-{width}.png", full_page=True)
        phone.context.close()
        if answer is None or answer.status != 200:
            return f"{shot.file}: answered {answer.status if answer else 'nothing'}"
    return None


def main() -> int:
    path = chromium_path()
    if path is None:
        print(ADVICE["e2e"])
        return 1
    FOLDER.mkdir(exist_ok=True)
    with served() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        logins = {login.role: login.login for login in demo_logins()}
        people = {role: User.objects.get(email=email) for role, email in logins.items()}
        faults = [fault for shot in PAGES if (fault := take(browser, origin, shot, people))]
        browser.close()
    print(f"{len(PAGES) - len(faults)} pages at {WIDTHS[0]} and {WIDTHS[1]} px in {FOLDER.name}/")
    print("\n".join(faults))
    return 1 if faults else 0

