"""`make shots`: pictures of every page type at 390 and 1440 px, into shots/.

bin/shots runs it once for each stage of the demo world, on a temporary folder: the world is built there and served, and the
pages of tests/e2e/album.py are walked as the demo account of whoever looks. A page whose address cannot be made (its object is
not in the demo world) is named at the end; the code is then 1.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.album import ALBUM, Shot, person
from tests.e2e.looks import ARGUMENTS, open_context, sign_in
from tests.left_out import ADVICE, chromium_path

ROOT = Path(__file__).parents[2]
WIDTHS = (390, 1440)
FOLDER = ROOT / "shots"


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


def take(browser: Browser, origin: str, shot: Shot) -> str | None:
    """Both pictures of one page; a sentence when it could not be opened."""
    try:
        address = reverse(shot.url, args=shot.args())
    except (NoReverseMatch, ObjectDoesNotExist, IndexError) as fault:
        return f"{shot.file}: no address for {shot.url} ({type(fault).__name__})"
    for width in WIDTHS:
        phone = open_context(browser, origin, width)
        if shot.who:
            sign_in(phone.page, origin, person(shot.who))
        answer = phone.page.goto(address)
        # As tall as the page, so that what is fixed to an edge of the window stands at an edge of the picture.
        height = phone.page.evaluate("document.documentElement.scrollHeight")
        phone.page.set_viewport_size({"width": width, "height": max(height, 900)})
        phone.page.screenshot(path=FOLDER / f"{shot.file}-{width}.png", full_page=True)
        phone.context.close()
        if answer is None or answer.status != 200:
            return f"{shot.file}: answered {answer.status if answer else 'nothing'}"
    return None


def main(stage: str) -> int:
    """Takes the pictures of one stage; the exit code of the command."""
    path = chromium_path()
    if path is None:
        print(ADVICE["e2e"])
        return 1
    FOLDER.mkdir(exist_ok=True)
    with served() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        faults = [fault for shot in ALBUM[stage] if (fault := take(browser, origin, shot))]
        browser.close()
    print(f"{stage}: {len(ALBUM[stage]) - len(faults)} pages at {WIDTHS[0]} and {WIDTHS[1]} px in {FOLDER.name}/")
    print("\n".join(faults))
    return 1 if faults else 0

