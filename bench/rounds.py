"""Alternated rounds of HTTP load: the same kinds of request in turn, so that what else the machine does falls on all of them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.load import Answered, run
from bench.machine import cpu
from bench.requests import ready
from bench.server import Server

CONNECTIONS = 64


@dataclass
class Kind:
    """One kind of request: where the requests come from, which status is the right answer, and what was measured."""

    source: Iterator[bytes]
    status: int
    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    server_us: list[float] = field(default_factory=list)
    client_share: list[float] = field(default_factory=list)
    foreign_share: list[float] = field(default_factory=list)
    accepted: int = 0
    other: dict[int, int] = field(default_factory=dict)

    def measure(self, server: Server, seconds: float, *, is_warm_up: bool = False) -> Answered:
        before = cpu(server.group)
        made = 200 if is_warm_up else int(min(seconds * 2500, 30_000))
        answered = run(server.port, ready(self.source, made), CONNECTIONS, seconds)
        after = cpu(server.group)
        self.accepted += answered.statuses[self.status]
        if not is_warm_up:
            self._note(answered, after.everybody - before.everybody, after.group - before.group)
        return answered

    def _note(self, answered: Answered, everybody: float, server: float) -> None:
        done = max(sum(answered.statuses.values()), 1)
        self.rates.append(answered.rate(self.status))
        self.p50.append(1000 * answered.percentile(0.5))
        self.p95.append(1000 * answered.percentile(0.95))
        self.server_us.append(1e6 * server / done)
        self.client_share.append(answered.client_cpu / answered.seconds)
        self.foreign_share.append(max(everybody - server - answered.client_cpu, 0) / answered.seconds)
        for status, count in answered.statuses.items():
            if status != self.status:
                self.other[status] = self.other.get(status, 0) + count

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def server_cpu_us(self) -> float:
        """Microseconds of CPU the web server takes for one."""
        return statistics.median(self.server_us)

    @property
    def others_us(self) -> float:
        """Microseconds that neither the web server nor the client takes."""
        return 1e6 * statistics.median(self.foreign_share) / self.rate

    @property
    def client_us(self) -> float:
        return 1e6 * statistics.median(self.client_share) / self.rate

    @property
    def cpu_us(self) -> float:
        """Microseconds of the whole machine."""
        return self.server_cpu_us + self.others_us + self.client_us

    def as_dict(self) -> dict[str, Any]:
        return {
            "rate": round(self.rate, 1),
            "rates": [round(one, 1) for one in self.rates],
            "p50_ms": round(statistics.median(self.p50), 2),
            "p95_ms": round(statistics.median(self.p95), 2),
            "server_cpu_us": round(self.server_cpu_us),
            "client_cores": round(statistics.median(self.client_share), 2),
            "foreign_cores": round(statistics.median(self.foreign_share), 2),
            "other_answers": self.other,
        }


def alternate(server: Server, kinds: dict[str, Kind], seconds: float, rounds: int) -> dict[str, Any]:
    """Warms up, measures every kind in each round, and returns the figures by kind."""
    for kind in kinds.values():
        kind.measure(server, 1.0, is_warm_up=True)
    for _ in range(rounds):
        for kind in kinds.values():
            kind.measure(server, seconds)
    return {name: kind.as_dict() for name, kind in kinds.items()}
