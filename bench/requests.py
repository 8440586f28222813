"""Prepared requests: every voter is a new one, with a token of their own."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from bench.world import ENTRIES, SLUG
from voting.pure.device_token import ID_BYTES, issue
from voting.views.device import COOKIE, key_ring


def votes(at: datetime) -> Iterator[bytes]:
    """Votes through the real page: one new voter, one entry each."""
    ring = key_ring(SLUG)
    number = 0
    while True:
        number += 1
        body = f"e={number % ENTRIES + 1}&submission={uuid4()}"
        cookie = f"{COOKIE}={issue(ring, secrets.token_bytes(ID_BYTES), at)}"
        yield _post(f"/{SLUG}/vote/cast/", body, "application/x-www-form-urlencoded", cookie)


def nothings(at: datetime) -> Iterator[bytes]:
    """The same request to the view that does nothing."""
    ring = key_ring(SLUG)
    while True:
        cookie = f"{COOKIE}={issue(ring, secrets.token_bytes(ID_BYTES), at)}"
        body = f"e=1&submission={uuid4()}"
        yield _post(f"/bench/nothing/{SLUG}/", body, "application/x-www-form-urlencoded", cookie)


def naives(at: datetime) -> Iterator[bytes]:
    """Votes through the naive view."""
    number = 0
    while True:
        number += 1
        body = json.dumps({"voter": secrets.token_hex(16), "entry": number % ENTRIES + 1})
        yield _post("/bench/naive/", body, "application/json", "")


def _post(path: str, body: str, kind: str, cookie: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Sec-Fetch-Site: same-origin",
        "User-Agent: bench",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
