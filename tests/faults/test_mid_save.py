"""kill -9 while the form is saved: what was shown as saved is there afterwards, and nothing is there by halves.

Each round saves a step again and again as the page's script does - the patent list, every row with the generation of the save
in its title, or the texts of the project, each with it - and kills the server in the middle. Then the version and every row
or text must be of one generation, not older than the last one that was answered. For files see test_upload.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlencode

import pytest

from bench.server import free_port
from tests.faults.crowd import until
from tests.faults.places import Place
from tests.faults.tearing import ASKED, STOPPED
from tests.faults.uploading import Sender, Server

pytestmark = pytest.mark.timeout(600)
ROWS = 40
DELAYS = (0.0, 0.05, 0.12, 0.25, 0.4)  # seconds after the first answered save
TEXTS = ("title", "pitch", "summary", "advantages")
PREPARED = """
import json
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from entries.models import IPAsset
from tests.cast import build_cast
from tests.entries.audience import _entry
from tests.entries.returned import return_entry_with
from tests.factories.entries import IPAssetFactory
cast = build_cast()
entry = _entry(cast)
for place in range(2, {rows} + 1):
    IPAssetFactory(entry=entry, position=place, number="", number_raw="", is_core=False)
review = return_entry_with(entry, cast, "assets", *{texts})
review.due_at = review.due_at.replace(year=2100)
review.save()
browser = Client()
browser.force_login(cast.applicant, backend="accounts.backends.PasswordBackend")
entry.refresh_from_db()
ids = list(IPAsset.objects.order_by("position").values_list("pk", flat=True))
print(json.dumps([entry.public_id, entry.version, ids, browser.cookies["sessionid"].value]))
"""


@dataclass(eq=False)
class Saver(threading.Thread):
    """Saves a step, generation after generation, until the server is gone; knows what it was told. `fields` gives what the
    page of a generation holds."""

    sender: Sender
    path: str
    fields: Callable[[int], dict[str, object]]
    version: int
    told: int = field(init=False)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.told = self.version

    def run(self) -> None:
        while True:
            try:
                status, answer = self.save()
            except OSError:
                return
            if status != 200:
                return
            self.told = self.version = answer["version"]

    def save(self) -> tuple[int, dict]:
        fields = {"version": self.version, **self.fields(self.version + 1)}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1"}
        return self.sender.ask("POST", self.path, urlencode(fields).encode(), **headers)


@dataclass
class Site:
    """An installation with one entry, and a server that can be killed."""

    place: Place
    server: Server
    entry: str
    ids: list[int]
    session: str

    def version(self) -> int:
        [(version,)] = self.place.query(f"SELECT version FROM entries_entry WHERE public_id = '{self.entry}'")
        return int(version)

    def saver(self, step: str) -> Saver:
        fields = self.list_of if step == "patents" else self.texts_of
        path = f"/my/entries/{self.entry}/edit/{step}/"
        return Saver(Sender(self.server.port, self.session), path, fields, self.version())

    def list_of(self, generation: int) -> dict[str, object]:
        fields: dict[str, object] = {"core": 0}
        for place, pk in enumerate(self.ids):
            row = {"id": pk, "number_raw": "202210000101.3" if place == 0 else "", "asset_type": "invention"}
            fields |= {f"p-{place}-{name}": value for name, value in {**row, "title": f"方法{generation}"}.items()}
        return fields

    def texts_of(self, generation: int) -> dict[str, object]:
        return dict.fromkeys(TEXTS, f"文字{generation}")

    def is_whole(self, step: str) -> bool:
        """One generation in all rows or texts, the one of the version; the core patent has its number."""
        if step == "project":
            [found] = self.place.query(f"SELECT {', '.join(TEXTS)} FROM entries_entry WHERE public_id = '{self.entry}'")
            return set(found) == {f"文字{self.version()}"}
        rows = self.place.query("SELECT title, number FROM entries_ipasset")
        return {title for title, _ in rows} == {f"方法{self.version()}"} and len([number for _, number in rows if number]) == 1

    def round(self, step: str, delay: float) -> tuple[int, int]:
        """Saves, is killed `delay` seconds after the first answer; (the version last told, the version sent last)."""
        saver = self.saver(step)
        before = saver.told
        saver.start()
        until(lambda: saver.told > before, 120)
        time.sleep(delay)
        self.server.kill()
        saver.join(60)
        self.server.start()
        return saver.told, saver.version + 1


def installed(database: str, settings: str) -> Iterator[Site]:
    folder = Path(tempfile.mkdtemp(prefix="jgs-mid-save-"))
    place = Place(folder, database)
    place.environment |= {"DJANGO_SETTINGS_MODULE": "tests.faults.server_settings", "SECRET_KEY": "only for tests"}
    said = place.run(PREPARED.format(rows=ROWS, texts=TEXTS)).stdout.splitlines()[-1]
    entry, _, ids, session = json.loads(said)
    server = Server(place.environment | {"DJANGO_SETTINGS_MODULE": settings}, free_port())
    try:
        server.start()
        yield Site(place, server, entry, ids, session)
    finally:
        server.kill()
        place.end()
        rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    yield from installed(request.param, "tests.faults.server_settings")


@pytest.fixture(scope="module")
def torn_site() -> Iterator[Site]:
    yield from installed("sqlite", "tests.faults.torn_saves")


@pytest.mark.parametrize("step", ["patents", "project"])
def test_what_was_shown_as_saved_is_there_and_nothing_by_halves(site: Site, step: str) -> None:
    first = site.saver(step)
    assert first.save()[0] == 200
    assert site.is_whole(step)
    saved = 0
    for delay in DELAYS if step == "patents" else DELAYS[::2]:
        before = site.version()
        told, sent = site.round(step, delay)
        version = site.version()
        assert told <= version <= sent, "an answered save is gone, or one came from nowhere"
        assert site.is_whole(step), "half of a save was kept"
        saved += told - before
    assert saved > 0, "nothing was saved between the kills"
    status, page = Sender(site.server.port, site.session).ask("GET", first.path)
    assert status == 200 and f"{'方法' if step == 'patents' else '文字'}{site.version()}".encode() in page


@pytest.mark.parametrize("step", ["patents", "project"])
def test_without_one_transaction_a_kill_leaves_halves(torn_site: Site, step: str) -> None:
    """The negative control: the same look afterwards sees a save that is not one piece and was killed between two."""
    asked, stopped = (torn_site.place.folder / name for name in (ASKED, STOPPED))
    stopped.unlink(missing_ok=True)
    saver = torn_site.saver(step)
    assert saver.save()[0] == 200
    assert torn_site.is_whole(step)
    saver = torn_site.saver(step)
    asked.touch()
    saver.start()
    until(stopped.exists, 120)
    torn_site.server.kill()
    saver.join(60)
    torn_site.server.start()
    assert not torn_site.is_whole(step), "a torn save went unseen"
