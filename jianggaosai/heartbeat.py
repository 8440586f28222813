"""A trace the worker leaves, so that a health check can tell whether jobs are being done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

KEY = "jianggaosai.worker_seen"
WORKER_PATIENCE = timedelta(minutes=3)


def note_worker(at: datetime) -> None:
    cache.set(KEY, at.isoformat(), timeout=24 * 3600)


def worker_age(at: datetime) -> timedelta | None:
    """How long ago the periodic job last ran; None when it has not within a day."""
    seen = cache.get(KEY)
    return at - datetime.fromisoformat(seen) if seen else None
