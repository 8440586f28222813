"""The commands behind the site: the web server and the worker, and what must be free for them."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from django.conf import settings

from jianggaosai.cores import usable_cores

YEAR = 31_536_000
LEAST_PROCESSES, MOST_PROCESSES = 2, 4


def process_count(cores: int) -> int:
    """Web processes for so many cores (0: nobody knows)."""
    return min(max(cores, LEAST_PROCESSES), MOST_PROCESSES)


PROCESSES = process_count(len(usable_cores()))
THREADS = 16
"""Web processes, one a core, and threads of each: votes that come together share a statement and a commit (ADR 0038, 0044, 0047)."""


def is_embedded() -> bool:
    """The database is an SQLite file."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def web_command(host: str, port: int) -> list[str]:
    """granian on the WSGI application. Files under /static come from the server's own mount: their names carry a hash, except
    while DEBUG is on.
    """
    return [
        *(str(Path(sys.executable).parent / "granian"), "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(PROCESSES), "--blocking-threads", str(THREADS)),
        *("--workers-kill-timeout", "10", "--respawn-failed-workers", "--log-level", "error", "--no-ws"),
        *("--static-path-route", "/static", "--static-path-mount", str(settings.STATIC_ROOT)),
        *("--static-path-expires", "0" if settings.DEBUG else str(YEAR)),
        "jianggaosai.wsgi:application",
    ]


def worker_command() -> list[str]:
    """One Celery worker with its clock of periodic jobs inside. Prefork even when embedded: only there time limits hold."""
    return [
        *(sys.executable, "-m", "celery", "-A", "jianggaosai", "--quiet", "worker", "-B"),
        *("--schedule", str(Path(settings.DATA_DIR) / "beat-schedule")),
        *("--concurrency", "1" if is_embedded() else "2", "--loglevel", "info" if settings.DEBUG else "warning"),
        *("--without-gossip", "--without-mingle"),
    ]


def is_port_free(host: str, port: int) -> bool:
    """Nobody listens there and this process may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
