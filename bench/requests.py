"""Prepared requests. Every voter is a new one, with a token of their own."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, cycle, islice
from random import Random
from uuid import uuid4

from bench.edition import ENTRIES, SLUG
from voting.pure.device_token import ID_BYTES, issue
from voting.views.device import COOKIE, key_ring

FORM = "application/x-www-form-urlencoded"


def votes(at: datetime) -> Iterator[bytes]:
    """Votes through the real page: one new voter, one entry each."""
    number = 0
    while True:
        number += 1
        yield ballot([number % ENTRIES + 1], _token(at))


def ballot(numbers: list[int], token: str) -> bytes:
    """One submission that names entries by number."""
    body = "&".join(f"e={number}" for number in numbers) + f"&submission={uuid4()}"
    return _post(f"/{SLUG}/vote/cast/", body, FORM, f"{COOKIE}={token}")


def nothings(at: datetime) -> Iterator[bytes]:
    """The same request to the view that does nothing."""
    tokens = cycle([_token(at) for _ in range(500)])
    while True:
        yield _post(f"/bench/nothing/{SLUG}/", f"e=1&submission={uuid4()}", FORM, f"{COOKIE}={next(tokens)}")


def naives(at: datetime) -> Iterator[bytes]:
    """Votes through the naive view."""
    number = 0
    while True:
        number += 1
        body = json.dumps({"voter": secrets.token_hex(16), "entry": number % ENTRIES + 1})
        yield _post("/bench/naive/", body, "application/json", "")


def boards(at: datetime) -> Iterator[bytes]:
    """The leaderboard's figures."""
    yield from cycle([_get(f"/{SLUG}/board/data.json")])


def empties(at: datetime) -> Iterator[bytes]:
    """A GET that does nothing."""
    yield from cycle([_get("/bench/empty/")])


def mixed(at: datetime) -> Iterator[bytes]:
    """A crowd on the last evening: 70 % look at the board, 20 % at an entry, 10 % vote."""
    random, vote, board = Random(7), votes(at), boards(at)
    while True:
        draw = random.random()
        if draw < 0.7:
            yield next(board)
        elif draw < 0.9:
            yield _get(f"/{SLUG}/entries/{random.randrange(1, ENTRIES + 1)}/")
        else:
            yield next(vote)


def campaign(at: datetime, ballots: int) -> Iterator[bytes]:
    """The public vote of 2023: exactly `ballots` votes; people name 1 to 5 entries at a time."""
    random, left = Random(2023), ballots
    while left:
        numbers = random.sample(range(1, ENTRIES + 1), min(random.choice((1, 1, 2, 3, 3, 4, 5, 5)), left))
        left -= len(numbers)
        yield ballot(numbers, _token(at))


def ready(source: Iterator[bytes], count: int) -> Iterator[bytes]:
    """The same requests, the first `count` made beforehand, so that making them is no part of the measurement."""
    return chain(list(islice(source, count)), source)


def _token(at: datetime) -> str:
    return issue(key_ring(SLUG), secrets.token_bytes(ID_BYTES), at)


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n\r\n".encode()


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
