"""A hundred people filling in their entries at once, each page saving itself: the step of the project and the patent list."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bench.load import Answered
from bench.person import cookie_of, post
from bench.server import Server
from bench.world import add_draft, build, open_stage
from entries.models import Entry, IPAsset
from tests.factories.entries import IPAssetFactory

HTTP, BOTH = True, True
PEOPLE = 100
SAVES, QUICK = 10, 3  # by each, one after another
ROWS = 20


def prepare(quick: bool) -> None:
    edition = build()
    open_stage(edition, "registration")
    for _ in range(PEOPLE):
        entry = add_draft(edition)
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
        self.cookie = cookie_of(entry.created_by)

    async def work(self, saves: int) -> None:
        for turn in range(saves):
            step, fields = ("patents", self._patents(turn)) if turn % 2 else ("project", {"title": f"第 {turn} 次改", "pitch": "一句话"})
            start = time.perf_counter()
            status, body = await post(
                self.port, f"/my/entries/{self.public_id}/edit/{step}/", self.cookie, {**fields, "version": self.version}, "X-Autosave: 1"
            )
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
