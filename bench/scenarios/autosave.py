"""A hundred people filling in their entries at once, each page saving itself: the step of the project and the patent list."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from bench.load import Answered
from bench.server import Server
from bench.world import build, open_stage
from entries.models import Entry, IPAsset
from tests.factories.accounts import MembershipFactory
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

HTTP, BOTH = True, True
PEOPLE = 100
SAVES, QUICK = 10, 3  # by each, one after another
ROWS = 20
TOKEN = "a" * 32  # what the page's cookie and its form agree on


def prepare(quick: bool) -> None:
    edition = build()
    open_stage(edition, "registration")
    for _ in range(PEOPLE):
        entry = EntryFactory(edition=edition, track=edition.tracks.first())
        MembershipFactory(user=entry.created_by, organisation=EntryApplicantFactory(entry=entry).organisation)
        rows = [IPAssetFactory.build(entry=entry, position=place, number="", number_raw="", is_core=False) for place in range(ROWS)]
        IPAsset.objects.bulk_create(rows)


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    entries = list(Entry.objects.filter(number__isnull=True).select_related("created_by").order_by("pk"))
    found = Answered()
    people = [Person(entry, server.port, found) for entry in entries]
    saves, start = QUICK if quick else SAVES, time.perf_counter()

    async def everybody() -> None:
        await asyncio.gather(*(one.work(saves) for one in people))

    asyncio.run(everybody())
    found.seconds = time.perf_counter() - start
    kept = dict(Entry.objects.filter(pk__in=[one.pk for one in entries]).values_list("public_id", "version"))
    return {
        "people": len(people),
        "saves": found.statuses.total(),
        "saves_a_second": round(found.rate(200), 1),
        "p50_ms": round(1000 * found.percentile(0.5)),
        "p95_ms": round(1000 * found.percentile(0.95)),
        "answers": dict(found.statuses),
        "failed_saves": found.statuses.total() - found.statuses[200],
        "lost_saves": sum(kept[one.public_id] != one.version for one in people),
    }


class Person:
    """Somebody on their own entry: saves the project and the patents in turn, each time with the version told last."""

    def __init__(self, entry: Entry, port: int, found: Answered) -> None:
        self.public_id, self.version, self.port, self.found = entry.public_id, entry.version, port, found
        self.rows = list(entry.assets.values_list("pk", flat=True))
        client = Client()
        client.force_login(entry.created_by, backend="accounts.backends.PasswordBackend")
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    async def work(self, saves: int) -> None:
        for turn in range(saves):
            step, fields = ("patents", self._patents(turn)) if turn % 2 else ("project", {"title": f"第 {turn} 次改", "pitch": "一句话"})
            start = time.perf_counter()
            status, body = await self._send(step, {**fields, "version": self.version, "csrfmiddlewaretoken": TOKEN})
            self.found.latencies.append(time.perf_counter() - start)
            self.found.statuses[status] += 1
            if status == 200:
                self.version = int(body.partition(b'"version": ')[2].partition(b",")[0])

    def _patents(self, turn: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for place, pk in enumerate(self.rows):
            row = {"id": pk, "asset_type": "invention", "title": f"一种方法 {turn}-{place}"}
            fields |= {f"p-{place}-{name}": value for name, value in row.items()}
        return fields

    async def _send(self, step: str, fields: dict[str, Any]) -> tuple[int, bytes]:
        body = urlencode(fields).encode()
        head = (
            f"POST /my/entries/{self.public_id}/edit/{step}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Autosave: 1\r\nConnection: close\r\n"
            f"Cookie: {self.cookie}; csrftoken={TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1]), answer.partition(b"\r\n\r\n")[2]
