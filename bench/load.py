"""A load generator on bare asyncio streams: keep-alive connections that send prepared requests and read the answers."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Answered:
    """What came back in one run: answers by status, latencies in seconds, length of the run."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return sum(self.statuses.values()) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


async def run(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Answered:
    """Sends from `requests` over `connections` connections for `seconds`; every answer is read to its end."""
    answered = Answered()
    start = time.perf_counter()
    until = start + seconds
    await asyncio.gather(*(_talk(port, requests, until, answered) for _ in range(connections)))
    answered.seconds = time.perf_counter() - start
    return answered


async def _talk(port: int, requests: Iterator[bytes], until: float, answered: Answered) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.perf_counter() < until:
            sent = time.perf_counter()
            writer.write(next(requests))
            status, keeps = await _read_answer(reader)
            answered.statuses[status] += 1
            answered.latencies.append(time.perf_counter() - sent)
            if not keeps:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()


async def _read_answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = 0
    if b"content-length:" in head:
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    elif b"transfer-encoding: chunked" in head:
        while (size := int((await reader.readline()).strip(), 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    if length:
        await reader.readexactly(length)
    return status, b"connection: close" not in head
