"""Where the time of a vote goes: votes cast in this process one after the other, on the measured database, through the whole
application. The web server around it and the sharing of a statement by several voters are left out; the first costs what the no-op
POST costs more than the chain here, the second makes the database cheaper.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.wsgi import get_wsgi_application

VOTES = 1_500
PARTS = {
    "form: the entries that were chosen": ("picked_numbers",),
    "admission: token, voter's tag": ("admit",),
    "leaf, evidence and signed receipt": ("_prepare",),
    "statement: arguments and rows": ("_cast_together",),
    "answer: outcomes, way to the receipt": ("_answer",),
    "signals and connections around a request": ("send",),
}
FILES = ("/voting/", "/django/dispatch/")
DATABASE = ("'execute' of", "'fetchall' of", "'fetchone' of", "'commit' of")


def profile(requests: Iterator[bytes]) -> str:
    """A table of microseconds of CPU a vote. What Python does is slower under cProfile: those parts are its shares, scaled to what
    a vote takes without it; what the database's driver does is taken as measured.
    """
    application = get_wsgi_application()
    _serve(application, islice(requests, 200))
    ready = [list(islice(requests, VOTES)) for _ in range(2)]
    start, cpu = time.perf_counter(), time.process_time()
    _serve(application, ready[0])
    wall, cpu = (1e6 * (end - begun) / VOTES for end, begun in ((time.perf_counter(), start), (time.process_time(), cpu)))
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(_serve, application, ready[1])
    return _table(pstats.Stats(profiler, stream=io.StringIO()), wall, cpu)


def _table(stats: Any, wall: float, cpu: float) -> str:
    took: dict[str, float] = dict.fromkeys(PARTS, 0.0)
    database = whole = 0.0
    for (file, _, name), (_, _, _, inclusive, _) in stats.stats.items():
        if file == "~" and any(word in name for word in DATABASE):
            database += 1e6 * inclusive / VOTES
        elif name == "_serve":
            whole = 1e6 * inclusive / VOTES
        for part, names in PARTS.items():
            if name in names and any(word in file for word in FILES):
                took[part] += 1e6 * inclusive / VOTES
    took["statement: arguments and rows"] -= database
    took["web chain and the view itself"] = whole - database - sum(took.values())
    scale = max(cpu - database, 0.0) / (whole - database)
    lines = [f"One vote alone, in one thread: {cpu:,.0f} µs CPU of this process, {wall - cpu:,.0f} µs spent waiting. The CPU by part:"]
    lines += [f"{part:<45} {scale * value:>7,.0f}" for part, value in sorted(took.items(), key=lambda one: -one[1])]
    return "\n".join([*lines, f"{'driver; with SQLite the database itself':<45} {database:>7,.0f}"])


def _serve(application: Any, requests: Iterator[bytes]) -> None:
    for raw in requests:
        said: list[str] = []
        response = application(_environ(raw), lambda status, headers, said=said: said.append(status))
        response.close()
        if not said[0].startswith("302"):
            raise RuntimeError(f"a vote was answered {said[0]}")


def _environ(raw: bytes) -> dict[str, Any]:
    """The request as a web server hands it to the application."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
    environ |= {"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "REMOTE_ADDR": "127.0.0.1"}
    for name, value in (line.split(": ", 1) for line in lines):
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ
