"""A load generator on raw asyncio sockets: keep-alive connections that send prepared requests and read the answers.

An asyncio protocol costs about 40 µs a request, so that on a machine the server shares with it the server is what is measured.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Told = Callable[[bytes, int], None]


@dataclass
class Answered:
    """What came back in one run: answers by status, latencies in seconds, answers lost with their connection, CPU and length."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    broken: int = 0
    seconds: float = 0.0
    client_cpu: float = 0.0

    def rate(self, status: int) -> float:
        return self.statuses[status] / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


class _Connection(asyncio.Protocol):
    """One client: a request, its answer, the next request."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.buffer = b""
        self.request = b""
        self.sent = 0.0
        self.is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.load.requests, None) if time.perf_counter() < self.load.until else None
        if request is None:
            self.is_over = True
            self.transport.close()
            return
        self.request, self.sent = request, time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        at = head.find(b"content-length:")
        if at >= 0:
            stop = head.find(b"\r\n", at)
            whole = end + 4 + int(head[at + 15 : stop if stop >= 0 else end])
        elif b"chunked" in head:
            whole = len(self.buffer) if self.buffer.endswith(b"0\r\n\r\n") else len(self.buffer) + 1
        else:
            whole = end + 4
        if len(self.buffer) >= whole:
            status = int(self.buffer[9:12])
            self.load.answered.statuses[status] += 1
            self.load.answered.latencies.append(time.perf_counter() - self.sent)
            self.load.told(self.request, status)
            self.buffer, self.request = b"", b""
            self.send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.is_over and self.request:
            self.load.answered.broken += 1
        self.load.lost(self)


class Load:
    """Sends `requests` over `connections` connections until they or `seconds` are over; a lost connection is opened again."""

    def __init__(self, port: int, requests: Iterator[bytes], connections: int, seconds: float, told: Told | None = None) -> None:
        self.port, self.requests, self.connections = port, requests, connections
        self.seconds, self.until = seconds, 0.0
        self.told: Told = told or (lambda request, status: None)
        self.answered = Answered()

    async def run(self) -> Answered:
        start, cpu = time.perf_counter(), time.process_time()
        self.until = start + self.seconds
        self.open = self.connections
        self.done = asyncio.get_running_loop().create_future()
        await asyncio.gather(*(self._connect() for _ in range(self.connections)))
        if not self.done.done():
            await self.done
        self.answered.seconds = time.perf_counter() - start
        self.answered.client_cpu = time.process_time() - cpu
        return self.answered

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        while time.perf_counter() < self.until:
            try:
                await loop.create_connection(lambda: _Connection(self), "127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return
        self._close()

    def lost(self, connection: _Connection) -> None:
        if connection.is_over:
            self._close()
        else:
            self._again = asyncio.ensure_future(self._connect())

    def _close(self) -> None:
        self.open -= 1
        if self.open <= 0 and not self.done.done():
            self.done.set_result(None)


def run(port: int, requests: Iterator[bytes], connections: int, seconds: float, told: Told | None = None) -> Answered:
    """Runs a load to its end. `told` hears of every request that was answered, with the status."""
    return asyncio.run(Load(port, requests, connections, seconds, told).run())
