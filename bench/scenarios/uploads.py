"""Votes while eight people on slow lines upload files, against votes without them."""

from __future__ import annotations

import asyncio
import io
import json
import secrets
import statistics
import threading
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from pypdf import PdfWriter

from bench import requests
from bench.load import run
from bench.person import TOKEN, cookie_of
from bench.rounds import CONNECTIONS
from bench.server import Server
from bench.world import add_draft, build, open_stage
from core import clock
from entries.models import Entry
from voting.models import Ballot

HTTP, BOTH = True, True
UPLOADERS = 8
PIECE = 32 * 1024  # what the page sends at once on a line this slow (static/js/upload-transfer.js)
PIECE_SECONDS = 1.0
STEP = PIECE // 16
FILE, QUICK = 3 * PIECE, PIECE // 2


def prepare(quick: bool) -> None:
    edition = build()
    open_stage(edition, "registration")
    track = edition.tracks.first()
    for _ in range(UPLOADERS):
        add_draft(edition, group=track.groups.first())


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    source, seconds = requests.votes(clock.now()), 2.0 if quick else 6.0
    accepted = run(server.port, source, CONNECTIONS, 1.0).statuses[302]
    alone, beside, pieces, files = [], [], 0, 0
    refused: Counter[int] = Counter()
    for _ in range(rounds):
        answered = run(server.port, source, CONNECTIONS, seconds)
        alone.append(1000 * answered.percentile(0.95))
        accepted += answered.statuses[302]
        crowd = SlowCrowd(server.port, QUICK if quick else FILE)
        crowd.start()
        answered = run(server.port, source, CONNECTIONS, seconds)
        beside.append(1000 * answered.percentile(0.95))
        accepted += answered.statuses[302]
        crowd.stop()
        pieces, files, refused = pieces + crowd.pieces, files + crowd.files, refused + crowd.refused
    if not pieces or not files:
        raise RuntimeError(f"nobody could upload, so nothing was measured: {dict(refused)}")
    rows = Ballot.objects.count()
    return {
        "p95_alone_ms": round(statistics.median(alone), 1),
        "p95_beside_ms": round(statistics.median(beside), 1),
        "pieces_accepted": pieces,
        "files_taken_in": files,
        "other_answers_to_uploaders": dict(refused),
        "slow_uploads": statistics.median(beside) / statistics.median(alone),
        "accepted": accepted,
        "rows": rows,
        "lost_or_doubled": abs(accepted - rows),
    }


class SlowCrowd(threading.Thread):
    """Eight signed-in people, each sending files at 32 kB a second as the page's script does (static/js/upload-transfer.js): begin,
    pieces in order, again after a second when the server is busy, finish, the next file."""

    def __init__(self, port: int, size: int) -> None:
        super().__init__(daemon=True)
        self.port, self.pieces, self.files, self.is_over = port, 0, 0, False
        self.refused: Counter[int] = Counter()
        entries = Entry.objects.filter(number__isnull=True).select_related("created_by").order_by("pk")[:UPLOADERS]
        self.people = [(entry.public_id, cookie_of(entry.created_by)) for entry in entries]
        self.content = _pdf(size)

    def run(self) -> None:
        asyncio.run(self._all())

    def stop(self) -> None:
        self.is_over = True
        self.join(20)

    async def _all(self) -> None:
        await asyncio.gather(*(self._person(target, cookie) for target, cookie in self.people))

    async def _person(self, target: str, cookie: str) -> None:
        while not self.is_over:
            form = urlencode(
                {"purpose": "entries.attachment", "target": target, "slot": "proposal", "name": "a.pdf", "size": len(self.content)}
            )
            begun = await self._ask("POST", "/uploads/", cookie, form.encode())
            if begun is None:
                await asyncio.sleep(PIECE_SECONDS)
            elif await self._send(json.loads(begun)["id"], cookie):
                self.files += 1

    async def _send(self, public_id: str, cookie: str) -> bool:
        """Sends one file to its end and returns whether it was taken in."""
        offset = 0
        while offset < len(self.content) and not self.is_over:
            piece = self.content[offset : offset + PIECE]
            if await self._ask("PUT", f"/uploads/{public_id}/?offset={offset}", cookie, piece, PIECE_SECONDS) is None:
                await asyncio.sleep(PIECE_SECONDS)
                continue
            offset += len(piece)
            self.pieces += 1
        if self.is_over:
            return False
        return await self._ask("POST", f"/uploads/{public_id}/finish/", cookie) is not None

    async def _ask(self, method: str, path: str, cookie: str, body: bytes = b"", seconds: float = 0.0) -> bytes | None:
        """The answer's body, or None when it is no success; `seconds` is how long the line takes to carry the body. A busy server
        answers 503 before it has read the piece, which the sender may see as a broken connection (counted as 0)."""
        kind = "application/octet-stream" if method == "PUT" else requests.FORM
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer = None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(head.encode())
            for start in range(0, len(body), STEP):
                writer.write(body[start : start + STEP])
                await writer.drain()
                await asyncio.sleep(seconds * STEP / PIECE)
            answer = await asyncio.wait_for(_answer(reader), 20)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self.refused[0] += 1
            return None
        finally:
            if writer is not None:
                writer.close()
        status, content = answer
        if status in (200, 201):
            return content
        self.refused[status] += 1
        return None


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return int(head[9:12]), await reader.readexactly(int(length or 0))


def _pdf(size: int) -> bytes:
    """A PDF that the platform accepts, of about `size` bytes."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.add_attachment("noise", secrets.token_bytes(size))
    writer.write(out)
    return out.getvalue()
